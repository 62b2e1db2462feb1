import type { Template, When } from './template.ts';

/**
 * What the simulated account knows of a service: its kinds of resources and what its operations do to them. A
 * service's file under `services/` holds nothing but this, and nothing but data. Members and shapes have the names of
 * AWS's API reference; attributes within structures are given by a way of names joined by dots.
 */
export interface ServiceBehaviour {
  /** The catalog's name of the service. */
  readonly service: string;
  readonly resources: Readonly<Record<string, ResourceBehaviour>>;
  readonly operations: Readonly<Record<string, OperationBehaviour>>;
  /** Codes of what every service can answer; modelled ones are found by their code. */
  readonly codes?: {
    /** `AccessDenied` where absent. */
    readonly denied?: string;
    /** `ThrottlingException` where absent. */
    readonly throttled?: string;
    /** HTTP status of a throttled call; 400 where absent. */
    readonly throttledStatus?: number;
    /** `InternalFailure` where absent. */
    readonly broken?: string;
  };
}

export type Attributes = Readonly<Record<string, unknown>>;

/** An error as the service gives it. Unmodelled ones have a code only, and Step Functions calls them all alike (`Rds.RdsException`). */
export interface Fault {
  /** Shape of a modelled error: `DBInstanceNotFoundFault`. */
  readonly shape?: string;
  /** For an unmodelled one: `InvalidParameterCombination`. */
  readonly code?: string;
  /** A template; `{id}` stands for the resource's identifier. */
  readonly message: string;
  /** HTTP status of an unmodelled one; 400 where absent. */
  readonly status?: number;
}

export interface ResourceBehaviour {
  /** Structure of the service that describes it. */
  readonly shape?: string;
  /** Attributes that the structure does not have: other operations show them. */
  readonly hidden?: readonly string[];
  /** Attributes that come and go with time alone, and are left out of comparisons. */
  readonly volatile?: readonly string[];
  /** It records what happened, and is no state of the account: published messages. */
  readonly journal?: boolean;
  /** IAM resource type, which gives the ARN: `db`. Some things have none: access keys. */
  readonly iamType?: string;
  /** The ARN, where IAM's template is not enough. */
  readonly arnAs?: string;
  /** Attribute that holds the identifier, or a template of it. */
  readonly identifier: string;
  /** Further attributes by which it can be asked for. */
  readonly aliases?: readonly string[];
  /** Attribute that holds the ARN. */
  readonly arn?: string;
  /** Attribute that holds the state. */
  readonly status?: string;
  /** What goes with a state. */
  readonly stateSets?: Readonly<Record<string, Attributes>>;
  /** Attribute that holds the tags, a list of pairs. */
  readonly tags?: string;
  /** True where the pairs are `key` and `value`. */
  readonly lowerCaseTags?: boolean;
  /** True where AWS keeps identifiers in lower case and does not mind how they are asked for. */
  readonly lowerCase?: boolean;
  /** The same in all Regions. */
  readonly global?: boolean;
  /** What it has where nobody says anything else. */
  readonly defaults?: Template;
  readonly missing: Fault;
  readonly duplicate?: Fault;
}

/** From one state into another after a while; AWS takes its time, `seconds` is how long the simulation does. */
export interface StateChange {
  /** The state stays where absent. */
  readonly through?: string;
  /** `deleted` makes it vanish. */
  readonly to?: string;
  readonly seconds: number;
  /** Attributes that change when it is over. */
  readonly sets?: Template;
  readonly next?: StateChange;
}

export interface Refusal {
  readonly when: When;
  readonly fault: Fault;
}

export interface Target {
  /** Kind of resource, a key of `resources`. */
  readonly resource: string;
  /** Member of the input that names it, one or a list; or a template. */
  readonly by: string;
  /** Attributes that it has to have besides: a key is its user's. */
  readonly where?: Readonly<Record<string, Template>>;
  /** States in which it can be done; in all where absent. */
  readonly in?: readonly string[];
  /** States in which there is nothing to do, which is no error. */
  readonly doneIn?: readonly string[];
  readonly otherwise?: Fault;
  /** An attribute that has to be there. */
  readonly part?: { readonly path: string; readonly missing: Fault };
  /** The error where it is missing, if the operation has its own. */
  readonly missing?: Fault;
  /** The error where the call names none, if it is not that a parameter is missing. */
  readonly unnamed?: Fault;
  /** True where the call need not name one. */
  readonly optional?: boolean;
  /** True where it is no error that it is missing, and nothing is done. */
  readonly lenient?: boolean;
  readonly refuses?: readonly Refusal[];
}

interface Answer {
  /** Member of the output that holds the resource, or all of a list of them. */
  readonly into?: string;
  /** What is shown of each, where it is not the whole resource. */
  readonly each?: Template;
  /** The whole output. */
  readonly output?: Template;
}

/**
 * What an operation does. A call that gives a member which its behaviour does not mention is refused as not
 * simulated; `ignores` lists members that have no effect one could see.
 */
export type OperationBehaviour = { readonly ignores?: readonly string[]; readonly within?: Target } & (
  | Describing
  | ({ readonly does: 'get' } & Target & Answer)
  | ({ readonly does: 'create' } & Creating & Answer)
  | ({ readonly does: 'change' } & Changing & Target & Answer)
  | ({ readonly does: 'delete'; readonly change?: StateChange; readonly before?: MadeFirst } & Target & Answer)
  | { readonly does: 'tag' | 'untag' | 'listTags'; readonly by: string; readonly tags: string }
  | { readonly does: 'answer'; readonly output: Template }
);

export interface Describing {
  readonly does: 'describe';
  readonly resource: string;
  /** Member of the input that names one or several, which then must exist. */
  readonly by?: string;
  /** Member of the output with the list. */
  readonly into: string;
  readonly each?: Template;
  /** Other members that select: member of the input (or a template) → attribute. */
  readonly where?: Readonly<Record<string, string>>;
  /** Only these are listed, unless the call says otherwise. */
  readonly only?: { readonly when: When; readonly unless: When };
  /** `Filters`: name of a filter → attribute. Tags are known to filters wherever there are filters. */
  readonly filters?: Readonly<Record<string, string>>;
  readonly page?: {
    /** Member that says how many make a page, where there is one. */
    readonly size?: string;
    readonly marker: string;
    /** Member of the output with the marker, where it has another name. */
    readonly next?: string;
    /** Member that says whether there is more. */
    readonly truncated?: string;
    readonly default: number;
  };
  /** Member of the output that lists what is missing, where that is no error. */
  readonly failures?: { readonly into: string; readonly each: Template };
}

export interface Creating {
  readonly resource: string;
  /** Member of the input that names it; absent where the service chooses. */
  readonly by?: string;
  /** The identifier that the service chooses, or a template of the one given. */
  readonly id?: string;
  /** The resource it is made from. */
  readonly from?: Target;
  readonly attributes: Template;
  readonly refuses?: readonly Refusal[];
  /** How many there may be. */
  readonly limit?: {
    readonly where: Readonly<Record<string, Template>>;
    readonly count: number;
    readonly fault: Fault;
  };
  /** Replaces what has the name already. */
  readonly replaces?: boolean;
  readonly change?: StateChange;
}

export interface Changing {
  readonly change?: StateChange;
  /** Members of the input that become attributes of the same name. */
  readonly keeps?: readonly string[];
  /** Members that wait in an attribute of that name, unless a member says to apply them now. */
  readonly defers?: { readonly members: readonly string[]; readonly into: string; readonly unless: string };
  /** Attributes by their ways, and what they become. */
  readonly sets?: Readonly<Record<string, Template>>;
  /** Attributes that go, by their ways. */
  readonly removes?: readonly string[];
  readonly edits?: ListEdit;
  readonly before?: MadeFirst;
  /** Other resources that are replaced by new ones in the course of it: the tasks of a service. */
  readonly renews?: {
    readonly resource: string;
    readonly when?: When;
    readonly where: Readonly<Record<string, Template>>;
    readonly id: string;
    readonly attributes: Template;
    readonly change: StateChange;
    readonly seconds: number;
  };
}

/** Adds entries to a list of groups, or takes them out: the rules of a security group. */
export interface ListEdit {
  readonly edit: 'add' | 'remove';
  /** Attribute with the groups. */
  readonly list: string;
  /** The groups that the input gives. */
  readonly given: Template;
  /** What tells groups apart. */
  readonly key: readonly string[];
  /** The lists of entries in a group, and what tells their entries apart. */
  readonly entries: Readonly<Record<string, string>>;
  /** When an entry to add is there already. */
  readonly duplicate?: Fault;
  /** When an entry to remove is not there. */
  readonly missing?: Fault;
}

/** A resource that the operation makes first where a member names it, as another operation would: `FinalDBSnapshotIdentifier`. */
export interface MadeFirst {
  readonly by: string;
  /** The operation that makes it. */
  readonly as: string;
}
