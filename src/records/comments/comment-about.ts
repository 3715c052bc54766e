/** What may be commented on. */
export const COMMENT_ABOUTS = ['report', 'incident', 'entity', 'movement', 'legal_case'] as const;
export type CommentAbout = (typeof COMMENT_ABOUTS)[number];
