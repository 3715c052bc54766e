/** The closed word lists of attached files. */

/** What a file shows. No word says a person: pictures of possible victims are not taken in. */
export const ATTACHMENT_KINDS = [
  'document_scan',
  'receipt',
  'ticket',
  'contract',
  'message_export',
  'court_paper',
  'vehicle_photo',
  'place_photo',
  'other_evidence',
] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

/** What is taken in: nothing that carries programs, and nothing that holds other files. */
export const MEDIA_TYPES = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/tiff',
  'text/plain',
  'text/csv',
  'audio/mpeg',
  'audio/wav',
  'audio/mp4',
  'video/mp4',
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];
