// SIGSTOP of app2: its kernel still accepts connections, but nobody answers on them.
// Must show that silence costs the balancer's whole patience per request, and that checks notice it later than a kill.
import { silentOutage } from '../../_shared/silent-outage.ts';

export const scenario = silentOutage(
  { name: 'freeze-app', title: 'After 10 seconds app2 is frozen.' },
  'freeze',
);
