// The ten sites that share the server. Each belongs to somebody else, a tenant, who rents a tenth of the machine.
// Names end in .example, which nobody can own (RFC 2606). Used by server.ts and clients.ts.

export const sites: readonly string[] = [
  'ants.example',
  'bread.example',
  'chess.example',
  'drums.example',
  'eels.example',
  'ferns.example',
  'goats.example',
  'harps.example',
  'inks.example',
  'jazz.example',
];
