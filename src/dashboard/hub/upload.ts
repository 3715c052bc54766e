/** Giving the hub a file, and how far that is: what fetch cannot tell. */
import { HubError, type Question } from './ask.ts';

interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Throws HubError. `sent`: the share that has left, 0 to 1. */
export function upload<T>(question: Question, sent: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/graphql');
    request.setRequestHeader('content-type', 'application/json');
    request.setRequestHeader('accept', 'application/json');
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) sent(loaded / total);
    });
    request.addEventListener('error', () => reject(new HubError('OFFLINE', '')));
    request.addEventListener('load', () => {
      const { data, errors = [] } = answeredIn(request.responseText);
      const [error] = errors;
      if (error !== undefined) reject(new HubError(error.extensions?.code ?? 'INTERNAL', error.message));
      else if (data == null) reject(new HubError('INTERNAL', ''));
      else resolve(data as T);
    });
    request.send(JSON.stringify(question));
  });
}

function answeredIn(text: string): Answered {
  try {
    return JSON.parse(text) as Answered;
  } catch {
    return {};
  }
}

/** In base64, as it is sent: whatever its encoding, the hub reads the bytes. */
export async function inBase64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  // In pieces: an argument list has an end.
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
