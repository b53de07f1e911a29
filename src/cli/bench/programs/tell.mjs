// Loaded before a real process's program: passes what it publishes for the bench on to the parent, where the data
// center has its trace. Of `brownout:request` only the first answered one. Used by processes.ts.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

function first(sample) {
  if (!sample.ok) return;
  unsubscribe('brownout:request', first);
  process.send?.({ answered: 1 });
}
subscribe('brownout:request', first);
subscribe('brownout:bench', (message) => process.send?.(message));
