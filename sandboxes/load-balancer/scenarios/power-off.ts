// The plug of app2: no refusal, no reset, nothing. Whoever waits must decide alone how long.
// Must show the same slow failures as a freeze, though not even a connection is accepted.
import { silentOutage } from '../../_shared/silent-outage.ts';

export const scenario = silentOutage(
  { name: 'power-off', title: 'After 10 seconds app2 is switched off.' },
  'powerOff',
);
