/** `personal`: the one door to names and notes. */
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { type RequestContext, serviceOf } from '../../graphql/context.ts';
import { OpeningAsked } from './personal.input.ts';
import { readPersonal, VAULT_TOOLS } from './personal.service.ts';
import { PersonalField } from './personal.type.ts';

@Resolver()
export class PersonalResolver {
  @Query(() => [PersonalField], {
    description:
      "Personal fields of the key's own organisation: wants the vault permission, a purpose and a case reference, and is logged before it is answered.",
  })
  async personal(
    @Ctx() context: RequestContext,
    @Arg('about', () => String, {
      description: 'Id of a report (with the persons it speaks of), of an entity, or of an exhibit.',
    })
    aboutId: string,
    @Args(() => OpeningAsked) { purpose, caseReference }: OpeningAsked,
  ): Promise<PersonalField[]> {
    const asked = { aboutId, purpose, caseReference };
    return [...(await readPersonal(serviceOf(context, VAULT_TOOLS), context.reader.viewer, asked))];
  }
}
