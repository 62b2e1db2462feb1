import type { ServiceBehaviour, Target } from '../behaviour.ts';

const PARAMETER: Target = { resource: 'parameter', by: 'Name' };

/** AWS Systems Manager: its parameters. */
export const ssm: ServiceBehaviour = {
  service: 'ssm',
  codes: { denied: 'AccessDeniedException' },
  resources: {
    parameter: {
      shape: 'Parameter',
      hidden: ['Description'],
      volatile: ['LastModifiedDate', 'Version'],
      arnAs: 'arn:{partition}:ssm:{region}:{account}:parameter/{id:name}',
      identifier: 'Name',
      arn: 'ARN',
      defaults: { Type: 'String', Version: 1, DataType: 'text', LastModifiedDate: '2025-11-03T09:12:44.120Z' },
      missing: { shape: 'ParameterNotFound', message: 'Parameter {id} not found.' },
      duplicate: {
        shape: 'ParameterAlreadyExists',
        message:
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      },
    },
  },
  operations: {
    GetParameter: { does: 'get', ...PARAMETER, into: 'Parameter', ignores: ['WithDecryption'] },
    DeleteParameter: { does: 'delete', ...PARAMETER },
    PutParameter: {
      does: 'create',
      resource: 'parameter',
      by: 'Name',
      attributes: {
        Value: '{input.Value}',
        Type: "{input.Type|'String'}",
        Description: '{input.Description}',
        LastModifiedDate: '{now}',
      },
      output: { Version: '{self.Version}', Tier: 'Standard' },
    },
  },
};
