/** The part of an import profile that says where a place comes from. */
import * as z from 'zod';
import { PLACE_LEVELS } from '../../kernel/vocabulary.ts';
import { columnName, countryField, from, onWrong, textField } from './profile-fields.ts';

const coordinate = z
  .strictObject(from)
  .meta({ id: 'coordinate', description: 'A column in degrees, or degrees and minutes.' });

const level = z.enum(PLACE_LEVELS);

export const placeField = z
  .strictObject({
    text: textField.optional().meta({ description: 'The place as the source names it.' }),
    latitude: coordinate.optional(),
    longitude: coordinate.optional(),
    pair: z
      .strictObject({ ...from, order: z.enum(['lat_lon', 'lon_lat']) })
      .optional()
      .meta({ description: 'A column with both coordinates.' }),
    printedAddress: columnName.optional().meta({
      description:
        "A column that holds {'address': …, 'location': {'x': longitude, 'y': latitude}}. It counts after the others.",
    }),
    country: countryField.optional(),
    split: z
      .string()
      .length(1)
      .optional()
      .meta({
        description:
          'Sign that joins several answers. More than one answer makes the place unknown: its text is kept, none is chosen.',
        examples: [';'],
      }),
    level: z
      .strictObject({
        positioned: level.optional().meta({ description: 'With coordinates. Usual: exact.' }),
        named: level.optional().meta({ description: 'With a text alone. Usual: locality.' }),
      })
      .optional()
      .meta({
        description:
          'How finely a place is known. With a country alone it is always country, with nothing unknown.',
      }),
    uncertaintyKm: z.number().positive().optional(),
    home: z.boolean().optional().meta({
      description:
        "Somebody's home. Only the last two parts of the address are kept as text, and the position on a grid of 0.1°.",
    }),
    box: z
      .strictObject({ west: z.number(), south: z.number(), east: z.number(), north: z.number() })
      .optional()
      .meta({
        description:
          'Where all places of the source lie, in degrees: finds swapped coordinates. west > east crosses 180°.',
      }),
    onWrong: onWrong.optional(),
  })
  .meta({
    id: 'place',
    description: 'A place, in whatever way the source gives it.',
    examples: [{ text: { column: 'station_name' }, country: { column: 'country' } }],
  });

export type PlaceField = z.infer<typeof placeField>;
