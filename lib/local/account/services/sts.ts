import type { ServiceBehaviour } from '../behaviour.ts';

/** AWS STS: who is asking. */
export const sts: ServiceBehaviour = {
  service: 'sts',
  codes: { throttled: 'Throttling' },
  resources: {},
  operations: {
    GetCallerIdentity: {
      does: 'answer',
      output: { UserId: 'AROAEXAMPLEROLEID0000:{caller.session}', Account: '{account}', Arn: '{caller.arn}' },
    },
  },
};
