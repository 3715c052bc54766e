/** Who asks, as a page has to know it: what it may offer them, and what it leaves out. */
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { RECORD_CLASSES, type RecordClass, type Role } from '../../access/roles.ts';
import type { Purpose } from '../../kernel/vocabulary.ts';
import { PersonalPurposeEnum } from '../../records/personal/personal.type.ts';
import { RoleEnum } from './account.type.ts';

const RecordClassEnum = Object.fromEntries(
  RECORD_CLASSES.map((recordClass) => [recordClass.toUpperCase(), recordClass]),
) as Readonly<Record<string, RecordClass>>;
registerEnumType(RecordClassEnum, { name: 'RecordClass', description: 'What a role may see at all.' });

@ObjectType({
  description: 'Whoever asks: a key, or somebody who signed in. Nothing of it is of anybody else.',
})
export class Me {
  @Field(() => String, { nullable: true, description: 'Slug of the organisation; null for operators.' })
  organisation!: string | null;

  @Field(() => RoleEnum)
  role!: Role;

  @Field(() => Boolean, { description: 'Whether a session asks, which can be signed out of.' })
  signedIn!: boolean;

  @Field(() => Boolean)
  vaultPermission!: boolean;

  @Field(() => [PersonalPurposeEnum], { description: 'What the key or account is for.' })
  purposes!: readonly Purpose[];

  @Field(() => [RecordClassEnum], {
    description:
      'Classes of records that the role may see of its own organisation; whether there are any is another question.',
  })
  reads!: readonly RecordClass[];

  @Field(() => Boolean, { description: 'Whether the role takes in files and acts by hand.' })
  mayImport!: boolean;

  @Field(() => Boolean, { description: 'Whether the role takes out files of many records.' })
  mayExport!: boolean;
}
