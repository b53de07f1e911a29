// Closed-loop traffic for the bench: so many connections, each asking again as soon as it was answered.
// Plain Node, the same file in the data center and as a real process. Publishes how many were answered so far.
// Environment: TARGET, CONNECTIONS.
import { channel } from 'node:diagnostics_channel';
import { Agent, request } from 'node:http';

const [host = '127.0.0.1', port = '8080'] = (process.env['TARGET'] ?? '').split(':');
const connections = Number(process.env['CONNECTIONS'] ?? 64);
const agent = new Agent({ keepAlive: true, maxSockets: connections });
const progress = channel('brownout:bench');
const PUBLISH_EVERY = 100;
const PAUSE_MS = 20;
let answered = 0;

function ask(): void {
  const outgoing = request({ host, port, path: '/item?id=1', agent }, (answer) => {
    answer.on('end', () => {
      if (answer.statusCode !== 200) {
        setTimeout(ask, PAUSE_MS);
        return;
      }
      answered++;
      if (answered % PUBLISH_EVERY === 0) progress.publish({ answered });
      ask();
    });
    answer.resume();
  });
  outgoing.on('error', () => setTimeout(ask, PAUSE_MS));
  outgoing.end();
}

for (let connection = 0; connection < connections; connection++) ask();
