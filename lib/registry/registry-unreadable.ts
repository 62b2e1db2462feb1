/** A folder that is no registry, or one whose tiers or lock file cannot be read. */
export class RegistryUnreadable extends Error {
  override readonly name = 'RegistryUnreadable';
  readonly hint: string | undefined;

  constructor(message: string, options: ErrorOptions & { readonly hint?: string } = {}) {
    super(message, options);
    this.hint = options.hint;
  }
}
