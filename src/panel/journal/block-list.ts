import { firstIndex } from './first-index.js';

/** A part of a list: some lines that stay together. */
export interface Block {
  /** The order of the block. Two blocks of a list never have the same. */
  readonly newest: number;
  /** Number of lines, at least 1. */
  readonly lines: number;
}

/** A line of a block, counted from its first. */
export interface BlockLine<B> {
  readonly block: B;
  readonly line: number;
}

interface Chunk<B> {
  readonly blocks: B[];
  lines: number;
}

/** Maximum number of blocks in a chunk. */
const longestChunk = 512;

/**
 * Blocks with the newest first. Each call looks at a few hundred places at most, however long the list is: the blocks
 * are kept in chunks that know how many lines they have.
 *
 * A block must not change while it is in the list: remove it, change it, insert it again.
 */
export class BlockList<B extends Block> {
  /** The oldest first, and so are the blocks in each. None is empty. */
  #chunks: Chunk<B>[] = [];
  #lines = 0;

  /** Number of lines. */
  get lines(): number {
    return this.#lines;
  }

  clear(): void {
    this.#chunks = [];
    this.#lines = 0;
  }

  insert(block: B): void {
    const i = this.#chunkOf(block.newest);
    const chunk = this.#chunks[i];
    this.#lines += block.lines;
    if (chunk === undefined) {
      this.#chunks.push({ blocks: [block], lines: block.lines });
      return;
    }
    const { blocks } = chunk;
    const at = this.#indexIn(blocks, block.newest);
    blocks.splice(at, 0, block);
    chunk.lines += block.lines;
    if (blocks.length > longestChunk) this.#split(i, chunk);
  }

  /** Removes a block. It must be in the list. */
  remove(block: B): void {
    const i = this.#chunkOf(block.newest);
    const chunk = this.#chunks[i] as Chunk<B>;
    const at = this.#indexIn(chunk.blocks, block.newest);
    chunk.blocks.splice(at, 1);
    chunk.lines -= block.lines;
    this.#lines -= block.lines;
    if (chunk.blocks.length < longestChunk / 4) this.#join(i, chunk);
  }

  /** The block with an order. Undefined if there is none. */
  find(newest: number): B | undefined {
    const blocks = this.#chunks[this.#chunkOf(newest)]?.blocks ?? [];
    const block = blocks[this.#indexIn(blocks, newest)];
    return block?.newest === newest ? block : undefined;
  }

  /** What is at a line of the list, counted from the newest. */
  at(index: number): BlockLine<B> | undefined {
    if (index < 0 || index >= this.#lines) return undefined;
    let line = index;
    let i = this.#chunks.length - 1;
    for (; line >= (this.#chunks[i] as Chunk<B>).lines; i -= 1) line -= (this.#chunks[i] as Chunk<B>).lines;
    const { blocks } = this.#chunks[i] as Chunk<B>;
    let k = blocks.length - 1;
    for (; line >= (blocks[k] as B).lines; k -= 1) line -= (blocks[k] as B).lines;
    return { block: blocks[k] as B, line };
  }

  /** The index of the first line of a block, counted from the newest. The block must be in the list. */
  indexOf(block: B): number {
    const i = this.#chunkOf(block.newest);
    const { blocks } = this.#chunks[i] as Chunk<B>;
    const at = this.#indexIn(blocks, block.newest);
    const newerChunks = this.#chunks.slice(i + 1);
    const newerBlocks = blocks.slice(at + 1);
    return [...newerChunks, ...newerBlocks].reduce((sum, { lines }) => sum + lines, 0);
  }

  /** The last chunk that begins at or before an order: it has the block, or its place. Older blocks: the first. */
  #chunkOf(newest: number): number {
    return Math.max(0, firstIndex(this.#chunks, ({ blocks }) => (blocks[0] as B).newest > newest) - 1);
  }

  /** The index of the first block of a chunk whose order is not lower. */
  #indexIn(blocks: readonly B[], newest: number): number {
    return firstIndex(blocks, (block) => block.newest >= newest);
  }

  #split(i: number, chunk: Chunk<B>): void {
    const newer = chunk.blocks.splice(longestChunk / 2);
    const lines = newer.reduce((sum, block) => sum + block.lines, 0);
    chunk.lines -= lines;
    this.#chunks.splice(i + 1, 0, { blocks: newer, lines });
  }

  /** Joins a short chunk with the next older one, if both are short. Removes an empty one. */
  #join(i: number, chunk: Chunk<B>): void {
    const older = this.#chunks[i - 1];
    if (
      chunk.blocks.length > 0 &&
      (older === undefined || older.blocks.length + chunk.blocks.length > longestChunk / 2)
    ) {
      return;
    }
    older?.blocks.push(...chunk.blocks);
    if (older !== undefined) older.lines += chunk.lines;
    this.#chunks.splice(i, 1);
  }
}
