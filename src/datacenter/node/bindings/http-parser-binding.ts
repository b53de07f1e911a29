// The http_parser binding: Node's HTTPParser class with its constants, and the list of a server's connections.
// Called by registry.ts.
import type { Binding, Realm } from '../realm.ts';
import { AsyncWrap } from './async-wrap.ts';
import { ConnectionsList } from './connections-list.ts';
import { Parser } from './http-parser.ts';
import {
  LENIENT,
  ON_BODY,
  ON_EXECUTE,
  ON_HEADERS,
  ON_HEADERS_COMPLETE,
  ON_MESSAGE_BEGIN,
  ON_MESSAGE_COMPLETE,
  REQUEST,
} from './http-parser-parts.ts';

export const httpParser = (realm: Realm): Binding => {
  class HTTPParser extends Parser {
    constructor() {
      super(realm);
    }
    override initialize(...given: Parameters<Parser['initialize']>): void {
      this.asyncReset(given[1], given[0] === REQUEST ? 'HTTPINCOMINGMESSAGE' : 'HTTPCLIENTREQUEST');
      super.initialize(...given);
    }
    /** Put back for another use: of this one hooks hear that it ended. */
    free(): void {
      AsyncWrap.ended(this);
    }
  }
  Object.assign(HTTPParser, LENIENT, {
    REQUEST,
    RESPONSE: 2,
    kOnMessageBegin: ON_MESSAGE_BEGIN,
    kOnHeaders: ON_HEADERS,
    kOnHeadersComplete: ON_HEADERS_COMPLETE,
    kOnBody: ON_BODY,
    kOnMessageComplete: ON_MESSAGE_COMPLETE,
    kOnExecute: ON_EXECUTE,
    kOnTimeout: 6,
  });
  return {
    ...realm.library.data('http_parser'),
    HTTPParser,
    ConnectionsList: class extends ConnectionsList {
      constructor() {
        super(() => realm.process.nowNs);
      }
    },
  };
};
