/** Words of working off the quarantine, in Nepali. */
import type { Translated } from './catalogue.ts';
import type { ENGLISH_MENDING } from './english-mending.ts';

export const NEPALI_MENDING = {
  'mending.open': 'लाइन {line}',
  'mending.close': 'लाइन {line} बन्द गर्नुहोस्',
  'mending.title': 'लाइन {line}, एक-एक कोष्ठ गरी',
  'mending.what':
    'कसैको नाम खुल्ने, कसैसम्म पुग्न वा कसैलाई भेट्टाउन सकिने मान देखाइँदैन, त्यो कति लामो छ भन्ने मात्र देखाइन्छ। फरक हुनुपर्ने कोष्ठमा लेख्नुहोस्; नछोएको कोष्ठ जसरी आएको थियो त्यसरी नै रहन्छ।',
  'mending.wrong': 'गलत',
  'mending.hidden': 'देखाइएको छैन: {shape}',
  'mending.meaning': '{meaning}। लेख्न मिल्ने: {takes}।',
  'mending.unmapped': 'ढाँचाले नपढ्ने',
  'mending.others': { one: 'अर्को {count} कोष्ठ', other: 'अरू {count} वटा कोष्ठ' },
  'mending.try': 'सच्याएर फेरि प्रयास गर्नुहोस्',
  'mending.none': 'अहिलेसम्म केही फरक छैन: कुनै कोष्ठमा लेख्नुहोस्।',
  'mending.done': 'लाइन {line} छुट्टै आयातका रूपमा लिइयो।',
  'mending.gone': 'त्यहाँ अब कुनै पङ्क्ति पर्खिरहेको छैन।',
  'mending.unmendable': 'यसलाई यहाँ सच्याउन मिल्दैन: चाहिन्थ्यो {why}।',
  'mending.profile': 'फाइल पढ्ने तपाईंकै ढाँचा (JSON)',
  'mending.leave': 'छोडिदिनुहोस्',
  'mending.leave.of': 'छोडिदिनुहोस्: लाइन {line}',
  'mending.leave.will':
    'पङ्क्ति जसरी आएको थियो त्यसरी नै राखिन्छ र त्यसबाट अभिलेख बन्दैन। कसैले फेरि पर्खाइमा नराखेसम्म यो पर्खिँदैन।',
  'mending.leave.reason': 'किन',
  'mending.wait': 'फेरि पर्खाइमा राख्नुहोस्',
  'mending.wait.of': 'फेरि पर्खाइमा राख्नुहोस्: लाइन {line}',
  'mending.wait.will': 'यो फेरि पर्खिरहेका पङ्क्तिमा हुन्छ।',
  'mending.out': 'छोडिएको: {reason}',
  'leftOut.DUPLICATE': 'यो अन्त पनि छ',
  'leftOut.TEST_ENTRY': 'परीक्षण',
  'leftOut.NOT_A_RECORD': 'यो अभिलेख होइन',
  'leftOut.CANNOT_BE_MENDED': 'के हुनुपर्ने हो कसैले भन्न सक्दैन',
  'leftOut.SOURCE_WITHDREW': 'लेख्नेले नै फिर्ता लियो',
  'leftOut.OTHER': 'अन्य',
} as const satisfies Translated<typeof ENGLISH_MENDING>;
