// How the standards write a session's time: SCORM 1.2 as HHHH:MM:SS.SS, SCORM 2004 and cmi5 as ISO 8601. Pure. Sources:
// SCORM 1.2 RTE 3.4.4 (CMITimespan), SCORM 2004 4th Edition RTE 4.1.1.7 (timeinterval), cmi5 9.5.4. Called by scorm.ts
// and cmi5.ts.

const HOURS_MAX = 9999;

/** `ms` is cut at what the format can say. */
export function timespan12(ms: number): string {
  const hundredths = Math.max(0, Math.floor(ms / 10));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(hundredths / 360_000);
  if (hours > HOURS_MAX) return `${HOURS_MAX}:59:59.99`;
  const minutes = Math.floor(hundredths / 6_000) % 60;
  const seconds = Math.floor(hundredths / 100) % 60;
  return `${String(hours).padStart(4, '0')}:${two(minutes)}:${two(seconds)}.${two(hundredths % 100)}`;
}

/** PT1H2M3.04S: to the hundredth, as both standards take it. */
export function isoDuration(ms: number): string {
  const hundredths = Math.max(0, Math.floor(ms / 10));
  const hours = Math.floor(hundredths / 360_000);
  const minutes = Math.floor(hundredths / 6_000) % 60;
  const seconds = (hundredths % 6_000) / 100;
  return `PT${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds}S`;
}
