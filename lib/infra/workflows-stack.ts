import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Catalog } from '../catalog/catalog.ts';
import type { Bytecode } from '../compiler/bytecode.ts';
import type { TierCeilings } from '../compiler/tiers.ts';
import { ApprovalLink } from './approval-link.ts';
import { approvalSettings } from './approval-settings.ts';
import { ApprovalTopic } from './approval-topic.ts';
import { McpEndpoint } from './mcp-endpoint.ts';
import { PrebuiltFunction } from './prebuilt-function.ts';
import { RegistryBucket } from './registry-bucket.ts';
import { RegistryPublication } from './registry-publication.ts';
import { TierBoundaries } from './tier-boundaries.ts';
import { vendedLogGroup } from './vended-log-group.ts';
import { Workflow } from './workflow.ts';
import { checkLimits, workflowStacks } from './workflow-stacks.ts';

export interface WorkflowsStackProps extends StackProps {
  /** The newest version of every workflow. */
  readonly workflows: readonly Bytecode[];
  /** Changes whenever a workflow does, and only then. */
  readonly registryDigest: string;
  /** What the tiers allow, as `registry/tiers.yaml` has it. */
  readonly ceilings: TierCeilings;
  readonly catalog: Catalog;
  /** Folders with the bundled functions; each holds `index.js`. */
  readonly functions: {
    readonly mcp: string;
    readonly search: string;
    readonly publish: string;
    readonly approval: string;
  };
}

/** The whole application in one account and region: registry, workflows, approvals, search, and the MCP endpoint. */
export class WorkflowsStack extends Stack {
  constructor(scope: Construct, id: string, props: WorkflowsStackProps) {
    super(scope, id, { description: 'AWS MCP Workflows', ...props });
    const { workflows, functions, registryDigest } = props;

    const approvals = approvalSettings(this);
    new ApprovalTopic(this, 'Approvals', approvals);

    const registry = new RegistryBucket(this, 'Registry');
    const search = new PrebuiltFunction(this, 'Search', {
      description: 'Finds workflows by plain words',
      directory: functions.search,
      // A whole processor: below this the model takes its time in proportion.
      memoryMegabytes: 1769,
      timeout: Duration.seconds(20),
      environment: {},
      statements: [],
    });
    const endpoint = new McpEndpoint(this, 'Mcp', {
      registry,
      search: search.function,
      directory: functions.mcp,
    });
    const link =
      approvals.link && new ApprovalLink(this, 'ApprovalLink', { api: endpoint.api, directory: functions.approval });

    const { ceilings, catalog } = props;
    const boundaries = new TierBoundaries(this, 'Boundaries', {
      workflows,
      ceilings,
      catalog,
      registry,
      api: endpoint.api,
    });
    const logGroup = vendedLogGroup(this, 'ExecutionLogs', 'states');
    const stackOf = workflowStacks(this);
    const deployed = workflows.map(
      (bytecode) =>
        new Workflow(stackOf(bytecode.workflow_id), {
          bytecode,
          logGroup,
          boundary: boundaries.of(bytecode.workflow_id),
          ...(link && { approvalUrl: link.url }),
        }),
    );
    const publication = new RegistryPublication(this, 'Publication', {
      registry,
      directory: functions.publish,
      registryDigest,
    });
    // A workflow is offered only once it can be run: its bytecode is published last.
    publication.node.addDependency(...deployed);

    new CfnOutput(this, 'ApiUrl', { value: endpoint.url, description: 'MCP endpoint' });
    new CfnOutput(this, 'RegistryBucketName', { value: registry.bucket.bucketName });
    checkLimits(this, deployed);
    for (const workflow of deployed) {
      new CfnOutput(workflow, 'StateMachineArn', { value: workflow.stateMachineArn });
    }
  }
}
