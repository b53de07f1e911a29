// The codes with which the simulated kernel refuses a call: the names of errno(3), as Node's errors carry
// them in `code`. Types only. The kernel returns or stores a code; node/bindings turns it into a number.

export type ErrorCode =
  | 'EADDRINUSE'
  | 'EADDRNOTAVAIL'
  | 'ECONNREFUSED'
  | 'ECONNRESET'
  | 'EISCONN'
  | 'EDESTADDRREQ'
  | 'EMSGSIZE'
  | 'EPIPE'
  | 'ETIMEDOUT';
