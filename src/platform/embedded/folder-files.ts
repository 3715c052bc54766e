/**
 * The files of the embedded database's folder, their lengths remembered. PostgreSQL asks for a table's length whenever it reads all of a small
 * one, so once for each foreign key of each row that comes in; the file system would be asked every time, and that takes longer than the reading.
 */
import { NodeFS } from '@electric-sql/pglite/nodefs';

interface OpenFile {
  readonly node: object;
  /** The file's number at the operating system; a folder has none. */
  readonly nfd?: number;
}

export interface FileOperations {
  open(file: OpenFile): void;
  llseek(file: OpenFile, offset: number, whence: number): number;
  write(file: OpenFile, buffer: unknown, offset: number, length: number, position: number): number;
}

export interface NodeOperations {
  setattr(node: object, attributes: { readonly size?: number }): void;
}

/** From the end of the file. */
const SEEK_END = 2;

export class FolderFiles extends NodeFS {
  override async init(...[database, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(database, options);
    const before = (module: { FS: unknown }): void => {
      const { NODEFS } = (module.FS as { filesystems: Record<'NODEFS', FileSystem> }).filesystems;
      rememberLengths(NODEFS.stream_ops, NODEFS.node_ops);
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [before, ...(emscriptenOpts.preRun ?? [])] } };
  }
}

interface FileSystem {
  readonly stream_ops: FileOperations;
  readonly node_ops: NodeOperations;
}

/** Nobody else may change the files: the hub holds the folder's lock, and one thread has it open. */
export function rememberLengths(files: FileOperations, nodes: NodeOperations): void {
  const lengths = new WeakMap<object, number>();
  const { open, llseek, write } = files;
  const { setattr } = nodes;
  files.open = (file) => {
    // Opening may cut it to nothing.
    lengths.delete(file.node);
    open(file);
  };
  files.llseek = (file, offset, whence) => {
    if (whence !== SEEK_END || file.nfd === undefined) return llseek(file, offset, whence);
    const known = lengths.get(file.node);
    if (known !== undefined && known + offset >= 0) return known + offset;
    const place = llseek(file, offset, whence);
    lengths.set(file.node, place - offset);
    return place;
  };
  files.write = (file, buffer, offset, length, position) => {
    const known = lengths.get(file.node);
    // Of a write that fails nobody knows how far it came.
    lengths.delete(file.node);
    const written = write(file, buffer, offset, length, position);
    if (known !== undefined) lengths.set(file.node, Math.max(known, position + written));
    return written;
  };
  nodes.setattr = (node, attributes) => {
    lengths.delete(node);
    setattr(node, attributes);
  };
}
