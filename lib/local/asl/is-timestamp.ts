const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Whether Step Functions takes a text for a point in time: an ISO 8601 date and time with an offset, which exists. */
export function isTimestamp(text: string): boolean {
  const parts = DATE_TIME.exec(text);
  if (parts === null || Number.isNaN(Date.parse(text))) return false;
  const [year = 0, month = 0, day = 0, hour = 0] = parts.slice(1).map(Number);
  return hour < 24 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
