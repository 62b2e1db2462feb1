/**
 * Words for things. A synonym maps a phrase to the words that AWS uses in operation and member names; `|` separates
 * alternatives. The phrase itself stays an alternative, so a row never hides a literal match.
 */
type Synonyms = Readonly<Record<string, string>>;

/** True for every service. */
export const COMMON_SYNONYMS: Synonyms = {
  acct: 'account',
  alert: 'alarm',
  arguments: 'parameter',
  az: 'availability zone',
  cert: 'certificate',
  cfg: 'configuration',
  conf: 'configuration',
  config: 'configuration',
  configuration: 'config',
  cron: 'schedule',
  db: 'database',
  desc: 'description',
  dest: 'destination',
  dlq: 'dead letter queue',
  dst: 'destination',
  env: 'environment',
  'environment variable': 'environment',
  fn: 'function',
  label: 'tag',
  lb: 'load balancer',
  machine: 'instance',
  member: 'user',
  msg: 'message',
  num: 'count',
  number: 'count',
  param: 'parameter',
  permission: 'policy|access',
  pwd: 'password',
  qty: 'quantity',
  replica: 'read replica',
  repo: 'repository',
  server: 'instance',
  setting: 'attribute|configuration|option',
  sg: 'security group',
  src: 'source',
  subscriber: 'subscription',
  synchronous: 'sync',
  asynchronous: 'async',
  vm: 'instance',
};

/** Per service, by the name that the AWS CLI gives it. */
export const SERVICE_SYNONYMS: Readonly<Record<string, Synonyms>> = {
  acm: { 'ssl certificate': 'certificate', 'tls certificate': 'certificate' },
  athena: { query: 'query execution', result: 'query result', sql: 'query execution' },
  autoscaling: {
    asg: 'auto scaling group',
    group: 'auto scaling group',
    'scaling group': 'auto scaling group',
    capacity: 'desired capacity',
    size: 'desired capacity',
  },
  backup: { 'restore point': 'recovery point', vault: 'backup vault', plan: 'backup plan', job: 'backup job' },
  cloudformation: { 'stack event': 'stack event', 'change set': 'change set', resource: 'stack resource' },
  cloudwatch: {
    chart: 'metric widget',
    graph: 'metric widget',
    latency: 'metric',
    statistic: 'metric statistic|metric data',
    usage: 'metric',
    utilisation: 'metric',
    utilization: 'metric',
    datapoint: 'metric data',
  },
  dynamodb: {
    document: 'item',
    entry: 'item',
    'point in time recovery': 'continuous backup',
    pitr: 'continuous backup',
    record: 'item',
    row: 'item',
    ttl: 'time to live',
    throughput: 'provisioned throughput',
    capacity: 'provisioned throughput|capacity',
    'read capacity': 'provisioned throughput',
    'write capacity': 'provisioned throughput',
    'primary key': 'key',
  },
  ec2: {
    ami: 'image',
    'block device': 'volume',
    disk: 'volume',
    drive: 'volume',
    'elastic ip': 'address',
    'elastic ip address': 'address',
    eip: 'address',
    eni: 'network interface',
    firewall: 'security group',
    'firewall rule': 'security group ingress',
    igw: 'internet gateway',
    'inbound rule': 'security group ingress',
    'inbound traffic': 'security group ingress',
    'ingress rule': 'security group ingress',
    'outbound rule': 'security group egress',
    'outbound traffic': 'security group egress',
    'egress rule': 'security group egress',
    keypair: 'key pair',
    'machine image': 'image',
    'peering connection': 'vpc peering connection',
    'public ip': 'address',
    'spot request': 'spot instance request',
    'ssh key': 'key pair',
    vpn: 'vpn connection',
  },
  ecr: { 'docker image': 'image', 'container image': 'image', 'scan result': 'image scan finding' },
  ecs: { container: 'task', deployment: 'service', 'task def': 'task definition', host: 'container instance' },
  efs: { filesystem: 'file system', 'mount point': 'mount target' },
  eks: { 'node group': 'nodegroup', 'add on': 'addon' },
  elasticache: { cache: 'cache cluster', redis: 'replication group|cache cluster', node: 'cache node' },
  elbv2: { alb: 'load balancer', nlb: 'load balancer', 'health check': 'target health', health: 'target health' },
  events: { 'cron schedule': 'rule', cron: 'rule', schedule: 'rule', bus: 'event bus', trigger: 'rule' },
  iam: {
    'console access': 'login profile',
    'console password': 'login profile',
    credential: 'access key|credential',
    'key pair': 'access key',
    mfa: 'mfa device',
    password: 'login profile|password',
    'permission boundary': 'permissions boundary',
    'trust policy': 'assume role policy',
    'trust relationship': 'assume role policy',
  },
  kms: { cmk: 'key', rotation: 'key rotation', deletion: 'key deletion', 'master key': 'key', 'encryption key': 'key' },
  lambda: {
    code: 'function code',
    environment: 'function configuration',
    'environment variable': 'function configuration|environment',
    'event source': 'event source mapping',
    handler: 'function configuration',
    input: 'payload',
    memory: 'function configuration|memory',
    'memory size': 'function configuration|memory size',
    timeout: 'function configuration|timeout',
    trigger: 'event source mapping',
    queue: 'event source',
    stream: 'event source',
    'reserved concurrency': 'function concurrency|reserved concurrent executions',
    runtime: 'function configuration|runtime',
    webhook: 'function url',
  },
  logs: {
    entry: 'event',
    'insights query': 'query',
    line: 'event',
    log: 'log event|log group',
    message: 'event',
    result: 'query result',
    retention: 'retention policy',
    'retention period': 'retention policy',
  },
  organizations: { ou: 'organizational unit', scp: 'policy', 'service control policy': 'policy' },
  rds: {
    backup: 'snapshot',
    database: 'db|db instance',
    'export job': 'export task',
    log: 'log file',
    maintenance: 'pending maintenance',
    quota: 'account attribute',
    replica: 'read replica',
    'security group': 'vpc security group',
    'snapshot export': 'export task',
  },
  route53: {
    'dns record': 'resource record set',
    'dns zone': 'hosted zone',
    domain: 'hosted zone',
    record: 'resource record set',
    'record set': 'resource record set',
    zone: 'hosted zone',
  },
  s3api: {
    'access log': 'logging',
    'access logging': 'logging',
    blob: 'object',
    content: 'object',
    'cors configuration': 'cors',
    'cors rule': 'cors',
    'encryption configuration': 'encryption',
    'website configuration': 'website',
    'policy document': 'policy',
    data: 'object',
    document: 'object',
    'event notification': 'notification configuration',
    file: 'object',
    image: 'object',
    'lifecycle policy': 'lifecycle configuration',
    'lifecycle rule': 'lifecycle configuration',
    permission: 'acl|policy',
    'replication rule': 'replication',
    report: 'object',
    'server access logging': 'logging',
    'transfer acceleration': 'accelerate configuration',
    'website hosting': 'website',
  },
  secretsmanager: {
    'api key': 'secret|secret value',
    content: 'secret value',
    credential: 'secret|secret value',
    password: 'secret|secret value|password',
    token: 'secret|secret value',
    value: 'secret value|secret string',
    'secret value': 'secret string',
  },
  sns: {
    alert: 'message',
    email: 'message',
    notification: 'message',
    'display name': 'topic attribute',
    'email address': 'endpoint',
    'phone number': 'endpoint|phone number',
    'text message': 'sms|message',
    text: 'message',
  },
  sqs: {
    'approximate number': 'attribute',
    body: 'message body',
    depth: 'attribute',
    'queue depth': 'queue attribute',
    length: 'attribute',
    'number of messages': 'attribute',
  },
  ssm: {
    'managed instance': 'instance',
    node: 'instance',
    output: 'command invocation',
    result: 'command invocation',
    runbook: 'automation execution|document',
    script: 'command',
    'shell command': 'command',
    'shell script': 'command',
    automation: 'automation execution',
  },
  stepfunctions: { execution: 'execution', run: 'execution', workflow: 'state machine|execution' },
  sts: { account: 'caller identity', identity: 'caller identity', 'temporary credential': 'role', credential: 'role' },
};

/** What people call a service or its parts without meaning anything by it, by the AWS CLI's name. */
export const SERVICE_NICKNAMES: Readonly<Record<string, readonly string[]>> = {
  dynamodb: ['dynamo', 'ddb'],
  ec2: ['ebs'],
  ecs: ['fargate'],
  elbv2: ['elb'],
  eks: ['kubernetes'],
  rds: ['aurora', 'mysql', 'postgres', 'postgresql', 'mariadb'],
  ssm: ['ssm'],
  stepfunctions: ['step', 'functions'],
};

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** Say what about a thing is wanted, not which thing: "the status of the task" is about the task. */
export const LIGHT_NOUNS = words(`
  status state detail details info information existence description content contents
  value values name names part portion piece list set overview summary bit batch current latest id ids identifier
  arn url`);

/** Qualify a thing without naming another, and words of time and manner. */
export const QUALIFIERS = words(`
  new existing old older current latest last first next previous recent outdated stale obsolete expired unused idle
  running stopped failed pending active inactive available ready healthy unhealthy broken bad good compromised stuck
  processed processing finished completed created modified updated deleted attached detached used single given
  specified specific certain particular target main primary whole entire full complete simple basic own other another
  different same temporary temp permanent manual manually automatic automatically nightly daily weekly monthly hourly
  overnight tonight today yesterday tomorrow now immediately soon again once twice later already still also just only
  safely quickly asynchronously synchronously permanently temporarily successfully completely directly one off
  production prod staging dev test demo poc sample example development web app application team customer big small
  large exist exists exit live up down out accessible enabled disabled encrypted unencrypted inline managed
  custom default private public static dynamic average owned visible waiting general random many more most least
  belonging containing including expiring starting ending pointing referencing named called back working done fixed
  online offline nonproduction corresponding associated matching relevant respective underlying
  account accounts aws amazon region cloud service resource resources thing`);

/** What a thing can be brought to be. */
export const STATES = words(`
  ready running working online offline up down done fixed back live healthy started stopped available out`);

/** Carry no meaning here. */
export const STOP_WORDS = words(`
  a an the this these those its their his her our my your it they them we i you there here such so
  any some no not is are was were be been being has have had do does did can could will would should may might must
  please kindly then finally re`);

/** Verbs that no call is named after, but that tell why: "to make sure". */
export const PURPOSE_VERBS = words(`
  make ensure save free avoid prevent reduce keep help let prepare be secure fix improve meet comply support handle
  manage clean protect use know speed optimise optimize investigate debug troubleshoot do learn`);

/** Say that many things are meant. */
export const PLURAL_WORDS = words('all every each multiple several many batch bulk both');

/** May stand before the verb of an intent. */
export const OPENERS = words(`
  please kindly then now first next finally also lastly afterwards just simply safely quickly immediately
  asynchronously synchronously temporarily permanently manually automatically gracefully forcefully bulk batch re
  once again to i we want need would like`);

/** How much a word counts after each preposition; the words after it are less the subject the lower it is. */
export const PREPOSITIONS: Readonly<Record<string, number>> = {
  of: 0.7,
  in: 0.65,
  from: 0.65,
  on: 0.65,
  at: 0.5,
  by: 0.5,
  with: 0.5,
  into: 0.65,
  onto: 0.65,
  to: 0.65,
  as: 0.4,
  under: 0.5,
  within: 0.5,
  across: 0.5,
  between: 0.5,
  using: 0.4,
  via: 0.4,
  through: 0.4,
  about: 0.5,
  against: 0.5,
  per: 0.4,
  for: 0.45,
  over: 0.4,
  than: 0.2,
  until: 0.2,
  till: 0.2,
  before: 0.2,
  after: 0.2,
  because: 0.1,
  while: 0.1,
  during: 0.2,
  since: 0.2,
  without: 0.6,
  that: 0.25,
  which: 0.25,
  who: 0.25,
  where: 0.25,
  when: 0.2,
  if: 0.2,
  whether: 0.2,
  unless: 0.1,
  except: 0.1,
};

/** Of those, the ones that leave nothing out: a list of "existing" things is the list of all. */
export const NEUTRAL_QUALIFIERS = words(`
  existing current new available my own account accounts aws amazon region resource resources cloud
  customer custom application app web team main whole entire full complete simple basic`);

/** Make a call depend on something that the call itself cannot ask. */
export const CONDITIONS = words('if unless except whenever otherwise');
