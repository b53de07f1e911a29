// A cluster of three workers behind one port: the primary deals connections round, one worker is killed, the
// others leave. Prints nothing that depends on which worker was ready first.
import cluster from 'node:cluster';
import http from 'node:http';

if (cluster.isPrimary) primary();
else http.createServer((_, response) => response.end(`w${cluster.worker.id}`)).listen(8000);

function primary() {
  let listening = 0;
  const ends = [];
  for (let i = 0; i < 3; i++) cluster.fork();
  cluster.on('exit', (worker, code, signal) => {
    ends.push(`exit ${worker.id} ${code} ${signal}`);
  });
  process.on('exit', () => console.log(ends.sort()));
  cluster.on('listening', async () => {
    if (++listening < 3) return;
    const seen = { w1: 0, w2: 0, w3: 0 };
    for (let i = 0; i < 9; i++) seen[await get('http://127.0.0.1:8000/')]++;
    console.log(seen);
    cluster.workers[1].on('exit', () => cluster.disconnect(() => console.log('all gone')));
    cluster.workers[1].kill('SIGKILL');
  });
}

function get(url) {
  return new Promise((resolve, reject) => {
    const read = (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    };
    http.get(url, { agent: false }, read).on('error', reject);
  });
}
