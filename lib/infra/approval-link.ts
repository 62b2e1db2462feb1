import { Duration, Validations } from 'aws-cdk-lib';
import { type HttpApi, HttpMethod, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge-wildcard.ts';
import { PrebuiltFunction } from './prebuilt-function.ts';
import { ANSWER_TASKS, workflowStateMachines } from './workflow-state-machines.ts';

export interface ApprovalLinkProps {
  readonly api: HttpApi;
  /** The bundled approval function. */
  readonly directory: string;
}

const PATH = '/approval';

/**
 * A page on which whoever has the link of a question answers it. Nobody signs in: the token of the task, which only
 * the message holds, is the permission, and it opens that one task, once, until its time is up.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
 */
export class ApprovalLink extends Construct {
  /** The page without a token. */
  readonly url: string;

  constructor(scope: Construct, id: string, { api, directory }: ApprovalLinkProps) {
    super(scope, id);
    const stateMachines = workflowStateMachines(this);
    acknowledgeWildcard(
      this,
      stateMachines,
      'It answers tasks of all workflows of this application, and of no others.',
    );
    const page = new PrebuiltFunction(this, 'Page', {
      description: 'Shows the page on which an approval is answered, and passes the answer on',
      directory,
      memoryMegabytes: 256,
      timeout: Duration.seconds(10),
      environment: {},
      statements: [
        new PolicyStatement({ sid: 'AnswerApprovals', actions: [...ANSWER_TASKS], resources: [stateMachines] }),
      ],
    });
    const routes = api.addRoutes({
      path: PATH,
      methods: [HttpMethod.GET, HttpMethod.POST],
      integration: new HttpLambdaIntegration('Approval', page.function),
      authorizer: new HttpNoneAuthorizer(),
    });
    for (const route of routes) {
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'Who has the link answers without signing in; the token in it is the permission, for one task only.',
      });
    }
    this.url = `${api.apiEndpoint}${PATH}`;
  }
}
