// The one address of every machine: they are processes of one computer, and nobody else's business. Read by whatever
// opens a port, the probe in the programs among them.
export const HOST = '127.0.0.1';
