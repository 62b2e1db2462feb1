/**
 * What a verb of an intent can mean: first words of AWS operation names, each with how well it fits (0 to 1).
 * From {@link STRONG_VERB} up a meaning may be accepted; below it, it only helps to suggest.
 */
export interface VerbMeaning {
  readonly operations: Readonly<Record<string, number>>;
  /** Nouns that the verb itself brings: "tag the instance" speaks of tags. */
  readonly nouns?: readonly string[];
  /** The operation must be about one of `nouns`: "back up" is no `CreateBucket`. */
  readonly needsNoun?: true;
  /** The job that does it, where AWS has one: "export" is also the `Start…` and `Create…` of what is about exports. */
  readonly job?: string;
  /** What a call that only modifies has to be told by a member of such a name, if not by one of the object's name. */
  readonly told?: readonly string[];
}

export const STRONG_VERB = 0.6;

const read = (operations: Record<string, number>): VerbMeaning => ({
  operations: { Describe: 0.9, Get: 0.9, List: 0.7, Head: 0.6, Lookup: 0.6, ...operations },
});
const change = (operations: Record<string, number> = {}): VerbMeaning => ({
  operations: { Modify: 1, Update: 1, Change: 0.9, Set: 0.8, Put: 0.7, Edit: 1, ...operations },
});
const SWITCH = ['status', 'state', 'enabled', 'enable', 'disable', 'disabled', 'active'];
const EXTENT =
  'scaling desired min max class type size capacity count storage throughput iops units memory concurrency nodes limit'.split(
    ' ',
  );
/** A change of a kind that the call has to be told. */
const told = (words: readonly string[], meaning: VerbMeaning): VerbMeaning => ({ ...meaning, told: words });
const one = (operations: Record<string, number>, ...nouns: string[]): VerbMeaning =>
  nouns.length > 0 ? { operations, nouns, needsNoun: true } : { operations };

/**
 * Verbs and phrasal verbs of plain English, by the words that open an intent. A verb that is itself the first word
 * of an operation of the service (`failover`, `decrypt`) needs no row. Left out on purpose, because they
 * do not say which call is meant: clean, handle, process, manage, secure, fix, prepare, optimise, sync, migrate, ensure.
 */
export const VERBS: Readonly<Record<string, VerbMeaning>> = {
  // reading
  describe: read({ Describe: 1, Get: 0.8, List: 0.5 }),
  get: read({ Get: 1, Describe: 0.85, List: 0.65, Download: 0.6, Receive: 0.5, Generate: 0.4 }),
  read: read({ Get: 1, Describe: 0.75, Receive: 0.75, List: 0.55 }),
  fetch: read({ Get: 1, Receive: 0.75, Download: 0.75 }),
  retrieve: read({ Get: 1, Receive: 0.75, Download: 0.75 }),
  obtain: read({ Get: 1, Generate: 0.5 }),
  return: read({}),
  show: read({ List: 0.85 }),
  display: read({ List: 0.85 }),
  view: read({ List: 0.75 }),
  see: read({ List: 0.7 }),
  inspect: read({ Describe: 1, Get: 0.95 }),
  examine: read({ Describe: 1, Get: 0.95 }),
  'look at': read({}),
  check: read({ Check: 1, Head: 1, Describe: 0.85, Get: 0.85, Test: 0.4, Validate: 0.5 }),
  verify: read({ Verify: 1, Head: 1, Describe: 0.85, Get: 0.85, Validate: 0.65, Test: 0.5 }),
  confirm: read({ Confirm: 1, Head: 1, Describe: 0.85, Get: 0.85 }),
  'find out': read({}),
  determine: read({}),
  validate: read({ Validate: 1, Verify: 0.7, Test: 0.6, Describe: 0.65, Get: 0.65, Head: 0.65, List: 0.4 }),
  test: one({ Test: 1, Validate: 0.7, Simulate: 0.6 }),
  simulate: one({ Simulate: 1, Test: 0.6 }),
  list: read({ List: 1, Describe: 0.9, Get: 0.6, Head: 0, Lookup: 0.5, Search: 0.5 }),
  enumerate: read({ List: 1, Describe: 0.9, Get: 0.5, Head: 0 }),
  find: read({ List: 0.85, Describe: 0.85, Search: 0.9, Find: 1, Get: 0.65, Lookup: 0.8, Filter: 0.8, Query: 0.7 }),
  locate: read({ List: 0.8, Describe: 0.8, Search: 0.8, Get: 0.65 }),
  discover: read({ Discover: 1, List: 0.8, Describe: 0.8 }),
  search: read({ Search: 1, Filter: 0.95, Lookup: 0.8, Query: 0.8, Scan: 0.65, List: 0.6, Describe: 0.55, Get: 0.5 }),
  'look up': read({ Lookup: 1, Get: 0.95, Search: 0.6 }),
  lookup: read({ Lookup: 1, Get: 0.95, Search: 0.6 }),
  query: { operations: { Query: 1, Execute: 0.65, Select: 0.6, Get: 0.5 }, job: 'query' },
  select: one({ Select: 1, Query: 0.7 }),
  scan: { operations: { Scan: 1 }, job: 'scan' },
  filter: one({ Filter: 1, Search: 0.8 }),
  count: read({ Describe: 0.5, Get: 0.5, List: 0.5, Head: 0, Lookup: 0 }),
  review: read({ Describe: 0.55, Get: 0.55, List: 0.55, Head: 0 }),
  download: one({ Download: 1, Get: 0.9 }),
  receive: one({ Receive: 1, Get: 0.6 }),
  poll: one({ Receive: 0.9, Poll: 1, Describe: 0.55, Get: 0.55 }),
  consume: one({ Receive: 0.9, Get: 0.55 }),
  // making
  create: one({
    Create: 1,
    Put: 0.75,
    Allocate: 0.7,
    Run: 0.65,
    Register: 0.65,
    Request: 0.65,
    Generate: 0.6,
    Add: 0.5,
  }),
  build: one({ Create: 0.8, Build: 1, Start: 0.5 }),
  define: one({ Create: 0.85, Put: 0.85, Register: 0.8, Define: 1 }),
  provision: one({ Provision: 1, Create: 0.9, Allocate: 0.7, Run: 0.65 }),
  'set up': one({ Create: 0.55, Put: 0.55, Enable: 0.5 }),
  'spin up': one({ Run: 0.95, Create: 0.85, Start: 0.7 }),
  launch: one({ Run: 1, Launch: 1, Create: 0.85, Start: 0.8 }),
  generate: one({ Generate: 1, Create: 0.8, Get: 0.65 }),
  allocate: one({ Allocate: 1, Create: 0.5 }),
  reserve: one({ Allocate: 0.8, Purchase: 0.7, Reserve: 1 }),
  purchase: one({ Purchase: 1 }),
  buy: one({ Purchase: 0.9 }),
  request: one({ Request: 1, Create: 0.55 }),
  issue: one({ Issue: 1, Request: 0.85, Create: 0.6 }),
  register: one({ Register: 1, Create: 0.6, Add: 0.55 }),
  store: one({ Put: 1, Create: 0.85, Write: 1 }),
  save: one({ Put: 1, Create: 0.65, Write: 1 }),
  write: one({ Put: 1, Write: 1 }),
  record: one({ Record: 1, Put: 0.85 }),
  put: one({ Put: 1, Upload: 0.7 }),
  insert: one({ Put: 1, Insert: 1, Add: 0.65 }),
  upload: one({ Upload: 1, Put: 0.95, Import: 0.6 }),
  import: { operations: { Import: 1 }, job: 'import' },
  export: { operations: { Export: 1 }, job: 'export' },
  copy: { operations: { Copy: 1 }, job: 'copy' },
  duplicate: one({ Copy: 0.95 }),
  'make a copy of': one({ Copy: 1 }),
  clone: one({ Clone: 1, Copy: 0.55, Restore: 0.5 }),
  replicate: one({ Replicate: 1, Copy: 0.55 }),
  snapshot: one({ Create: 1 }, 'snapshot'),
  take: one({ Create: 0.95, Start: 0.6 }, 'snapshot', 'backup', 'image'),
  'back up': one({ Create: 1, Start: 0.9 }, 'snapshot', 'backup'),
  backup: one({ Create: 1, Start: 0.9 }, 'snapshot', 'backup'),
  restore: { operations: { Restore: 1 }, job: 'restore' },
  recover: { operations: { Recover: 1, Restore: 0.9 }, job: 'restore' },
  'roll back': one({ Rollback: 1, Backtrack: 0.7, Restore: 0.5 }),
  rollback: one({ Rollback: 1, Backtrack: 0.7, Restore: 0.5 }),
  // sending and running
  send: one({ Send: 1, Publish: 0.9, Put: 0.7, Submit: 0.5 }),
  publish: one({ Publish: 1, Send: 0.7, Put: 0.65 }),
  notify: one({ Publish: 0.85, Send: 0.6 }),
  post: one({ Post: 1, Publish: 0.85, Put: 0.8, Send: 0.75 }),
  emit: one({ Put: 0.9, Publish: 0.8, Send: 0.7 }),
  submit: one({ Submit: 1, Start: 0.7, Run: 0.6 }),
  start: one({ Start: 1, Run: 0.8, Execute: 0.7, Submit: 0.65, Invoke: 0.6, Resume: 0.6, Create: 0.4 }),
  begin: one({ Start: 0.95, Begin: 1, Initiate: 0.9, Create: 0.4 }),
  initiate: one({ Initiate: 1, Start: 0.95, Create: 0.5 }),
  boot: one({ Start: 0.9 }),
  'power on': one({ Start: 1 }),
  open: one({ Open: 1, Start: 0.8, Authorize: 0.7 }),
  run: one({ Run: 1, Invoke: 0.9, Execute: 0.9, Start: 0.85, Submit: 0.75, Send: 0.65 }),
  execute: one({ Execute: 1, Invoke: 0.9, Start: 0.9, Run: 0.85, Send: 0.6 }),
  invoke: one({ Invoke: 1, Start: 0.65, Execute: 0.7 }),
  call: one({ Invoke: 0.95 }),
  trigger: one({ Invoke: 0.95, Start: 0.9, Run: 0.75, Execute: 0.8 }),
  resume: one({ Resume: 1, Start: 0.8, Enable: 0.6 }),
  restart: one({ Reboot: 1, Restart: 1 }),
  reboot: one({ Reboot: 1, Restart: 0.9 }),
  retry: one({ Retry: 1, Redrive: 0.85, Start: 0.4 }),
  schedule: one({ Schedule: 1, Put: 0.65, Create: 0.7 }),
  // stopping
  stop: one({ Stop: 1, Cancel: 0.7, Pause: 0.65, Terminate: 0.4, Disable: 0.4 }),
  halt: one({ Stop: 1 }),
  end: one({ Stop: 0.8, Terminate: 0.7, End: 1 }),
  'shut down': one({ Stop: 1 }),
  shutdown: one({ Stop: 1 }),
  'power off': one({ Stop: 1 }),
  kill: one({ Stop: 0.85, Terminate: 0.85, Cancel: 0.65 }),
  pause: told(SWITCH, one({ Pause: 1, Suspend: 1, Stop: 0.65, Disable: 0.65, Update: 0.5 })),
  suspend: told(SWITCH, one({ Suspend: 1, Pause: 0.95, Stop: 0.6, Disable: 0.6 })),
  cancel: one({ Cancel: 1, Abort: 0.95, Stop: 0.75 }),
  abort: one({ Abort: 1, Cancel: 0.95, Stop: 0.75 }),
  // removing
  delete: one({ Delete: 1, Remove: 0.85, Terminate: 0.7, Deregister: 0.7, Untag: 0.7, Schedule: 0.5, Release: 0.4 }),
  destroy: one({ Delete: 1, Terminate: 0.9, Remove: 0.65 }),
  drop: one({ Delete: 0.95, Remove: 0.7 }),
  erase: one({ Delete: 0.95, Purge: 0.6 }),
  'get rid of': one({ Delete: 0.9, Terminate: 0.8, Remove: 0.8, Deregister: 0.7 }),
  'tear down': one({ Delete: 0.9, Terminate: 0.85 }),
  decommission: one({ Delete: 0.65, Terminate: 0.65, Deregister: 0.65 }),
  discard: one({ Delete: 0.85 }),
  terminate: one({ Terminate: 1, Stop: 0.55, Delete: 0.6 }),
  remove: one({
    Remove: 1,
    Delete: 0.9,
    Detach: 0.8,
    Disassociate: 0.8,
    Untag: 0.85,
    Deregister: 0.75,
    Revoke: 0.7,
    Unassign: 0.7,
    Terminate: 0.4,
  }),
  deregister: one({ Deregister: 1, Delete: 0.5, Remove: 0.5 }),
  unregister: one({ Deregister: 1, Delete: 0.5 }),
  release: one({ Release: 1, Publish: 0.4 }),
  purge: one({ Purge: 1, Delete: 0.55 }),
  empty: one({ Purge: 0.95, Empty: 1, Delete: 0.4 }),
  flush: one({ Flush: 1, Purge: 0.9, Delete: 0.4 }),
  clear: one({ Purge: 0.85, Delete: 0.55, Reset: 0.5, Clear: 1 }),
  // changing
  modify: change({ Update: 0.95 }),
  update: change({ Modify: 0.95, Put: 0.75 }),
  change: change({ Change: 1, Modify: 0.95, Update: 0.95 }),
  edit: change(),
  alter: change(),
  adjust: change({ Set: 0.9 }),
  set: change({ Set: 1, Put: 0.95, Modify: 0.85, Update: 0.85 }),
  configure: change({ Configure: 1, Put: 0.95, Set: 0.9, Modify: 0.85, Update: 0.85 }),
  reconfigure: change({ Put: 0.8 }),
  force: change({ Force: 1, Set: 0.7, Modify: 0.5, Update: 0.65, Put: 0.5 }),
  resize: told(EXTENT, change({ Resize: 1 })),
  scale: told(EXTENT, change({ Scale: 1, Set: 0.85 })),
  'scale up': told(EXTENT, change({ Scale: 1, Set: 0.8 })),
  'scale down': told(EXTENT, change({ Scale: 1, Set: 0.8 })),
  'scale out': told(EXTENT, change({ Scale: 1, Set: 0.8 })),
  'scale in': told(EXTENT, change({ Scale: 1, Set: 0.8 })),
  increase: told(EXTENT, change({ Increase: 1, Modify: 0.85, Update: 0.85 })),
  decrease: told(EXTENT, change({ Decrease: 1, Modify: 0.85, Update: 0.85 })),
  reduce: told(EXTENT, change({ Decrease: 0.9, Modify: 0.85, Update: 0.85 })),
  raise: told(EXTENT, change({ Increase: 0.9, Modify: 0.85, Update: 0.85 })),
  lower: told(EXTENT, change({ Decrease: 0.9, Modify: 0.85, Update: 0.85 })),
  extend: told(EXTENT, change({ Extend: 1, Put: 0.6 })),
  expand: told(EXTENT, change({ Put: 0.5 })),
  upgrade: told(['version', 'release', 'engine', 'class', 'type', 'tier'], change({ Upgrade: 1, Put: 0.5 })),
  rename: told(['new', 'name', 'title'], change({ Rename: 1, Put: 0.4, Set: 0.4 })),
  switch: told([...EXTENT, 'mode', 'version', 'engine', 'plan', 'tier'], change({ Switchover: 0.5, Put: 0.6 })),
  'switch over': one({ Switchover: 1 }),
  'fail over': one({ Failover: 1 }),
  move: one({ Move: 1, Change: 0.5, Modify: 0.4 }),
  replace: one({ Replace: 1, Put: 0.75, Update: 0.75, Modify: 0.5 }),
  reset: one({ Reset: 1, Modify: 0.5, Update: 0.5 }),
  deploy: one({ Deploy: 1, Create: 0.55, Update: 0.55 }),
  enable: told(SWITCH, one({ Enable: 1, Activate: 0.9, Put: 0.85, Update: 0.8, Modify: 0.8, Set: 0.7, Start: 0.55 })),
  activate: told(SWITCH, one({ Activate: 1, Enable: 0.95, Update: 0.7, Modify: 0.65, Put: 0.6, Start: 0.5 })),
  'turn on': told(SWITCH, one({ Enable: 1, Activate: 0.9, Put: 0.85, Update: 0.8, Modify: 0.8, Start: 0.8, Set: 0.7 })),
  'switch on': told(
    SWITCH,
    one({ Enable: 1, Activate: 0.9, Put: 0.85, Update: 0.8, Modify: 0.8, Start: 0.8, Set: 0.7 }),
  ),
  disable: told(
    SWITCH,
    one({ Disable: 1, Deactivate: 0.9, Put: 0.75, Update: 0.8, Modify: 0.8, Delete: 0.55, Stop: 0.5 }),
  ),
  deactivate: told(SWITCH, one({ Deactivate: 1, Disable: 0.95, Update: 0.75, Modify: 0.65 })),
  'turn off': told(
    SWITCH,
    one({ Disable: 1, Deactivate: 0.9, Put: 0.75, Update: 0.8, Modify: 0.8, Stop: 0.8, Delete: 0.55 }),
  ),
  'switch off': told(
    SWITCH,
    one({ Disable: 1, Deactivate: 0.9, Put: 0.75, Update: 0.8, Modify: 0.8, Stop: 0.8, Delete: 0.55 }),
  ),
  encrypt: { operations: { Encrypt: 1, Put: 0.75, Enable: 0.65 }, nouns: ['encryption'] },
  rotate: { operations: { Rotate: 1 }, nouns: ['rotation'] },
  // joining and separating
  add: one({
    Add: 1,
    Tag: 0.85,
    Attach: 0.8,
    Associate: 0.8,
    Put: 0.75,
    Register: 0.7,
    Authorize: 0.65,
    Create: 0.65,
  }),
  attach: one({ Attach: 1, Associate: 0.85, Add: 0.8, Put: 0.8, Tag: 0.7, Register: 0.6 }),
  apply: one({ Apply: 1, Attach: 0.75, Put: 0.75, Add: 0.7, Tag: 0.7, Set: 0.6 }),
  assign: one({ Assign: 1, Associate: 0.85, Attach: 0.8, Add: 0.7, Tag: 0.7, Set: 0.6 }),
  associate: one({ Associate: 1, Attach: 0.8, Add: 0.65, Put: 0.5 }),
  link: one({ Link: 1, Associate: 0.85, Attach: 0.8 }),
  connect: one({ Connect: 1, Attach: 0.75, Associate: 0.75, Create: 0.65, Subscribe: 0.6 }),
  join: one({ Join: 1, Add: 0.7, Attach: 0.6 }),
  detach: one({ Detach: 1, Disassociate: 0.85, Remove: 0.8, Deregister: 0.5 }),
  disassociate: one({ Disassociate: 1, Detach: 0.85, Remove: 0.75 }),
  unlink: one({ Unlink: 1, Disassociate: 0.85, Detach: 0.8 }),
  disconnect: one({ Disconnect: 1, Detach: 0.75, Disassociate: 0.75 }),
  tag: one({ Tag: 1, Add: 1, Create: 0.9, Put: 0.9 }, 'tag'),
  label: one({ Label: 1, Tag: 0.85, Add: 0.8 }, 'tag', 'label'),
  untag: one({ Untag: 1, Remove: 1, Delete: 0.9 }, 'tag'),
  subscribe: one({ Subscribe: 1 }),
  unsubscribe: one({ Unsubscribe: 1 }),
  // access
  grant: one(
    { Grant: 1, Create: 0.9, Add: 0.9, Authorize: 0.9, Attach: 0.5 },
    'grant',
    'permission',
    'ingress',
    'access',
  ),
  give: one({ Add: 0.8, Authorize: 0.7, Create: 0.7 }, 'permission', 'grant', 'access', 'ingress'),
  allow: one({ Authorize: 1, Add: 0.85, Create: 0.4 }, 'permission', 'ingress', 'egress', 'access'),
  authorize: one({ Authorize: 1, Add: 0.6 }),
  authorise: one({ Authorize: 1, Add: 0.6 }),
  revoke: one({ Revoke: 1, Remove: 0.85, Retire: 0.6 }),
  share: one({ Share: 1, Modify: 0.9, Add: 0.6 }, 'share', 'attribute', 'permission'),
  unshare: one({ Modify: 0.85, Remove: 0.6 }, 'attribute', 'permission'),
  block: one({ Put: 0.9 }, 'block'),
  accept: one({ Accept: 1 }),
  approve: one({ Accept: 0.7, Approve: 1 }),
  reject: one({ Reject: 1 }),
  decline: one({ Decline: 1, Reject: 0.8 }),
};

/** How well the `Start…` or `Create…` of a job fits the verb that the job is named after. */
export const JOB_VERBS: Readonly<Record<string, number>> = { Start: 0.9, Create: 0.8 };

/** With a state behind their object they mean to bring it about: "get the database ready" reads nothing. */
export const RESULTATIVE_VERBS: ReadonlySet<string> = new Set(['get', 'set', 'put', 'take', 'keep', 'have', 'turn']);

/** Verbs under which an act is done that has a name of its own: "perform a failover". */
export const PERFORMING_VERBS: ReadonlySet<string> = new Set(
  'perform do force trigger initiate run execute make start issue'.split(' '),
);

/** First words of an operation name that only say how: the verb is the next one (`BatchGetItem`, `AdminCreateUser`). */
export const VERB_PREFIXES: ReadonlySet<string> = new Set(['Batch', 'Admin', 'Transact', 'Bulk']);

/** Verbs of operations that only change what the call says: without a member that says it they do nothing. */
export const CHANGING_VERBS: ReadonlySet<string> = new Set([
  'Modify',
  'Update',
  'Set',
  'Put',
  'Change',
  'Edit',
  'Configure',
]);

/** Verbs of operations that read and change nothing. */
export const READING_VERBS: ReadonlySet<string> = new Set(
  'Describe Get List Head Lookup Search Find Filter Query Scan Check Download Discover Select'.split(' '),
);
