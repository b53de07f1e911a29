// The classes through which Node's dgram reaches the machine's UDP. Called by registry.ts.
// Refuses broadcast and multicast (see udp-handle.ts).
import type { Binding, Realm } from '../realm.ts';
import { AsyncWrap } from './async-wrap.ts';
import { UdpHandle } from './udp-handle.ts';

export const udpWrap = (realm: Realm): Binding => ({
  ...realm.library.data('udp_wrap'),
  UDP: class UDP extends UdpHandle {
    constructor() {
      super(realm);
    }
  },
  SendWrap: class SendWrap extends AsyncWrap {
    constructor() {
      super(realm, 'UDPSENDWRAP');
    }
  },
});
