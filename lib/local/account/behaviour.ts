/**
 * What the simulated account knows of a service: its kinds of resources and what its operations do to them. A
 * service's file under `services/` holds nothing but this. Members and shapes have the names of AWS's API reference.
 */
export interface ServiceBehaviour {
  /** The catalog's name of the service. */
  readonly service: string;
  readonly resources: Readonly<Record<string, ResourceBehaviour>>;
  readonly operations: Readonly<Record<string, OperationBehaviour>>;
  /**
   * The members of inputs that name a resource of an IAM resource type, which is not always a simulated one.
   * A resource is touched by a call if one of these is given.
   */
  readonly namedBy: Readonly<Record<string, readonly string[]>>;
  /** Further actions that AWS checks where a member is given; IAM's data says of which calls. */
  readonly dependentOn: Readonly<Record<string, string>>;
}

export type Attributes = Readonly<Record<string, unknown>>;

/** An error as the service gives it. Unmodelled ones have a code only, and Step Functions calls them all alike (`Rds.RdsException`). */
export interface Fault {
  /** Shape of a modelled error: `DBInstanceNotFoundFault`. */
  readonly shape?: string;
  /** For an unmodelled one: `InvalidParameterCombination`. */
  readonly code?: string;
  /** `{id}` stands for the resource's identifier. */
  readonly message: string;
}

export interface ResourceBehaviour {
  /** IAM resource type, which gives the ARN: `db`. */
  readonly iamType: string;
  /** Attributes that hold the identifier, the ARN, the state and the tags. */
  readonly identifier: string;
  readonly arn: string;
  readonly status: string;
  readonly tags: string;
  /** True where AWS keeps identifiers in lower case and does not mind how they are asked for. */
  readonly lowerCase?: boolean;
  readonly missing: Fault;
  readonly duplicate: Fault;
}

/** What there is to make a resource's attributes. */
export interface Making {
  readonly id: string;
  readonly arn: string;
  /** The call's input, in AWS's names. */
  readonly input: Attributes;
  /** The resource it is made from. */
  readonly source: Attributes;
  /** ISO 8601. */
  readonly now: string;
}

/** From one state into another after a while; AWS takes its time, `seconds` is how long the simulation does. */
export interface StateChange {
  readonly through: string;
  readonly to: string;
  readonly seconds: number;
  /** Attributes that change when it is over. */
  readonly sets?: Attributes;
}

interface Target {
  /** Kind of resource, a key of `resources`. */
  readonly resource: string;
  /** Member of the input that names it. */
  readonly by: string;
  /** States in which it can be done; in all where absent. */
  readonly in?: readonly string[];
  readonly otherwise?: Fault;
}

/**
 * What an operation does. A call that gives a member which its behaviour does not mention is refused as not
 * simulated; `ignores` lists members that have no effect one could see.
 */
export type OperationBehaviour = { readonly ignores?: readonly string[] } & (
  | {
      readonly does: 'describe';
      readonly resource: string;
      /** Member of the input that names one, which then must exist. */
      readonly by: string;
      /** Member of the output with the list. */
      readonly into: string;
      /** Other members that select: member of the input → attribute. */
      readonly where?: Readonly<Record<string, string>>;
      /** `Filters`: name of a filter → attribute. */
      readonly filters?: Readonly<Record<string, string>>;
      readonly page: { readonly size: string; readonly marker: string; readonly default: number };
    }
  | {
      readonly does: 'create';
      readonly resource: string;
      readonly by: string;
      readonly from?: Target;
      readonly into: string;
      readonly attributes: (making: Making) => Attributes;
      readonly change: StateChange;
    }
  | ({
      readonly does: 'change';
      readonly into: string;
      readonly change?: StateChange;
      /** Members of the input that become attributes of the same name. */
      readonly keeps?: readonly string[];
      /** Members that wait in an attribute of that name, unless a member says to apply them now. */
      readonly defers?: { readonly members: readonly string[]; readonly into: string; readonly unless: string };
      readonly before?: MadeFirst;
    } & Target)
  | ({
      readonly does: 'delete';
      readonly into: string;
      readonly change: StateChange;
      readonly refuses?: (input: Attributes, attributes: Attributes) => Fault | undefined;
      readonly before?: MadeFirst;
    } & Target)
  | { readonly does: 'tag' | 'untag' | 'listTags'; readonly by: string; readonly tags: string }
);

/** A resource that the operation makes first where a member names it, as another operation would: `FinalDBSnapshotIdentifier`. */
export interface MadeFirst {
  readonly by: string;
  /** The operation that makes it. */
  readonly as: string;
}
