/** Lengths of files, remembered: never another than the file system would say. */
import { describe, expect, it } from 'vitest';
import { type FileOperations, type NodeOperations, rememberLengths } from './folder-files.ts';

const SEEK_SET = 0;
const SEEK_END = 2;

interface Node {
  length: number;
}

function fileSystem() {
  const asked = { lengths: 0, fails: false };
  const files: FileOperations = {
    open: () => undefined,
    llseek: ({ node }, offset, whence) => {
      if (whence === SEEK_END) asked.lengths += 1;
      return whence === SEEK_END ? (node as Node).length + offset : offset;
    },
    write: ({ node }, _buffer, _offset, length, position) => {
      const written = asked.fails ? 1 : length;
      (node as Node).length = Math.max((node as Node).length, position + written);
      if (asked.fails) throw new Error('no room');
      return written;
    },
  };
  const nodes: NodeOperations = {
    setattr: (node, { size }) => {
      if (size !== undefined) (node as Node).length = size;
    },
  };
  rememberLengths(files, nodes);
  const node: Node = { length: 100 };
  const file = { node, nfd: 3 };
  return { asked, files, nodes, node, file, end: () => files.llseek(file, 0, SEEK_END) };
}

describe('the length of a file', () => {
  it('is asked for once, and follows what is written', () => {
    const { asked, files, file, end } = fileSystem();
    expect([end(), end(), files.llseek(file, -10, SEEK_END), files.llseek(file, 5, SEEK_SET)]).toEqual([
      100, 100, 90, 5,
    ]);
    files.write(file, null, 0, 8, 0);
    expect(end()).toBe(100);
    files.write({ ...file, nfd: 4 }, null, 0, 50, 96);
    expect(end()).toBe(146);
    expect(asked.lengths).toBe(1);
  });

  it('is asked for again after it was cut, opened anew, or after a write that failed', () => {
    const { asked, files, nodes, node, file, end } = fileSystem();
    end();
    nodes.setattr(node, { size: 40 });
    expect(end()).toBe(40);
    node.length = 0;
    files.open(file);
    expect(end()).toBe(0);
    asked.fails = true;
    expect(() => files.write(file, null, 0, 50, 0)).toThrow('no room');
    expect(end()).toBe(1);
    expect(asked.lengths).toBe(4);
  });

  it('is none of a folder', () => {
    const { asked, files, node } = fileSystem();
    for (let time = 0; time < 2; time += 1) files.llseek({ node }, 0, SEEK_END);
    expect(asked.lengths).toBe(2);
  });
});
