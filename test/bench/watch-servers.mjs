// Many small servers that answer as a healthy DR primary does, in a process of their own.
import { createServer } from 'node:https';
import { once } from 'node:events';

const replies = {
  '/v1/sys/health': {
    initialized: true,
    sealed: false,
    standby: false,
    replication_dr_mode: 'primary',
  },
  '/v1/sys/replication/status': {
    data: {
      dr: { mode: 'primary', state: 'running', secondaries: [] },
      performance: { mode: 'disabled' },
    },
  },
};
let requests = 0;

process.on('message', async (message) => {
  if (message === 'count') return process.send({ requests });
  const { count, identity } = message;
  const ports = [];
  for (let at = 0; at < count; at += 1) {
    const server = createServer(
      { cert: identity.certPem, key: identity.keyPem },
      (incoming, reply) => {
        requests += 1;
        const body = replies[new URL(incoming.url, 'https://localhost').pathname];
        reply.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
        reply.end(JSON.stringify(body ?? { errors: [] }));
      },
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ports.push(server.address().port);
  }
  process.send({ ports });
});
