import { lookup as lookUp } from 'node:dns';
import { isLoopback } from './destination.js';
import type { LookupFunction } from 'node:net';

/** Looks a host up for a client on this machine. */
export const forLocalClient: LookupFunction = lookUp;

/** Looks a host up for a client on another machine. It must not reach services of this one, whatever their name. */
export const forRemoteClient: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    const own = error === null && addresses.some(({ address }) => isLoopback(address));
    const refusal = own ? new Error(`${hostname} is the machine of the proxy, and the client is on another`) : error;
    if (refusal !== null) callback(refusal, '');
    else if (options.all === true) callback(null, addresses);
    else callback(null, String(addresses[0]?.address), addresses[0]?.family);
  });
};
