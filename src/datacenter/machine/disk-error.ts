// A call that a disk refuses, with Linux's name for the reason. The bindings make Node's error of it.
// Thrown by disk*.ts only; programs never see it.

export class DiskError extends Error {
  override readonly name = 'DiskError';
  readonly code: string;

  constructor(code: string) {
    super(`the disk refused: ${code}`);
    this.code = code;
  }
}

export function refuse(code: string): never {
  throw new DiskError(code);
}
