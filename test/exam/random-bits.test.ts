import { randomBytes, randomUUID } from 'node:crypto';
import t from 'tap';
import { randomBitsOf } from '../../src/exam/checks/request/random-bits.js';

const hex = (): string => randomBytes(16).toString('hex');

t.test('random values keep all of their bits', async (t) => {
  t.equal(randomBitsOf(randomUUID(), randomUUID()), 122);
  t.equal(randomBitsOf(hex(), hex()), 128);
  // 16 bytes in base64url, with hyphens
  t.equal(randomBitsOf('-x3-9Qk_vB0-Zt8aLw2-Yg', 'M-u7-0pRfE1-c_XhJ4-s9A'), 132);
  t.equal(randomBitsOf('a'.repeat(43), 'g'.repeat(43)), 172);
  t.equal(randomBitsOf('1234567890', '9876543210'), 33);
});

t.test('a name at the beginning or end takes nothing from them', async (t) => {
  t.ok(randomBitsOf(`application.${hex()}`, `application.${hex()}`) >= 122);
  t.ok(randomBitsOf(`${hex()}.application`, `${hex()}.application`) >= 122);
  t.ok(randomBitsOf(`application.${randomUUID()}`, `application.${randomUUID()}`) >= 122);
});

t.test('a counter is not random, however long it is', async (t) => {
  t.ok(randomBitsOf('00000000000000000000000000000000000000041', '00000000000000000000000000000000000000042') < 20);
  t.ok(randomBitsOf('a-state-of-the-application-000001', 'a-state-of-the-application-000002') < 30);
});

t.test('the time and the host in a UUID are not random', async (t) => {
  // versions 1 and 7
  t.ok(randomBitsOf('5f0c2a10-cd1f-11f0-8de9-0242ac120002', '5f9b81d4-cd1f-11f0-8de9-0242ac120002') < 64);
  t.ok(randomBitsOf('019ac9d4-31a2-7b10-8f5e-3c2ad1f0a9b4', '019ac9d4-31c7-7e94-9ad1-55b08c1e2f3d') < 122);
});

t.test('equal values are judged by their length', async (t) => {
  t.equal(randomBitsOf('the-same-for-all', 'the-same-for-all'), 96);
});
