import { Socket } from 'node:net';
import { redirectConnections } from './run/redirect-connections.js';

redirectConnections(Socket.prototype, process.env, (line) => process.stderr.write(`${line}\n`));
