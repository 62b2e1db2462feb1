/**
 * How the AWS CLI spells operations and members: botocore's `xform_name` (botocore/__init__.py), with hyphens.
 */

/** The CLI's command for an operation: `CreateDBSnapshot` → `create-db-snapshot`. */
export function toCliCommand(operation: string): string {
  return hyphenate(IRREGULAR_OPERATIONS.has(operation) ? operation.replace(IRREGULAR_WORD, capitalizeOnly) : operation);
}

/** The CLI's option for a member of an operation's input: `DBInstanceIdentifier` → `--db-instance-identifier`. */
export function toCliOption(member: string): string {
  return `--${hyphenate(member)}`;
}

function hyphenate(name: string): string {
  if (name.includes('-')) return name;
  return (
    name
      // Plural acronyms at the end are one word: GatewayARNs, ListWebACLs.
      .replace(/[A-Z]{2,}s$/, (plural) => `-${plural.toLowerCase()}`)
      .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
  );
}

const capitalizeOnly = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

const IRREGULAR_WORD = /iSCSI|HITs|PartiQL|WhatsApp|OTel/;

/** botocore prepopulates its cache with these; the same words elsewhere are split as usual. */
const IRREGULAR_OPERATIONS: ReadonlySet<string> = new Set([
  'AssociateWhatsAppBusinessAccount',
  'CreateCachediSCSIVolume',
  'CreateStorediSCSIVolume',
  'CreateWhatsAppMessageTemplate',
  'CreateWhatsAppMessageTemplateFromLibrary',
  'CreateWhatsAppMessageTemplateMedia',
  'DeleteWhatsAppMessageMedia',
  'DeleteWhatsAppMessageTemplate',
  'DescribeCachediSCSIVolumes',
  'DescribeStorediSCSIVolumes',
  'DisassociateWhatsAppBusinessAccount',
  'ExecutePartiQLBatch',
  'ExecutePartiQLStatement',
  'ExecutePartiQLTransaction',
  'GetLinkedWhatsAppBusinessAccount',
  'GetLinkedWhatsAppBusinessAccountPhoneNumber',
  'GetOTelEnrichment',
  'GetWhatsAppMessageMedia',
  'GetWhatsAppMessageTemplate',
  'ListHITsForQualificationType',
  'ListLinkedWhatsAppBusinessAccounts',
  'ListWhatsAppMessageTemplates',
  'ListWhatsAppTemplateLibrary',
  'PostWhatsAppMessageMedia',
  'PutWhatsAppBusinessAccountEventDestinations',
  'SendWhatsAppMessage',
  'StartOTelEnrichment',
  'StopOTelEnrichment',
  'UpdateWhatsAppMessageTemplate',
]);
