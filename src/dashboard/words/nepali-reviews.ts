/** Words of the review queues, in Nepali. */
import type { Translated } from './catalogue.ts';
import type { ENGLISH_REVIEWS } from './english-reviews.ts';

export const NEPALI_REVIEWS = {
  'review.none': 'केही पर्खिरहेको छैन।',
  'review.notices': 'जानकारी लिनुपर्ने सूचना',
  'review.notices.what':
    'तपाईंको संस्थालाई देखाइएका अभिलेख के भए। तिनमा काम गर्नेहरूले सुनेपछि जानकारी लिएको जनाउनुहोस्।',
  'review.note': 'जानकारी लिएँ',
  'review.note.will': 'तपाईंको संस्थाले जानकारी लिएको {owner} ले देख्छ।',
  'review.noteAll': 'सबैको जानकारी लिएँ',
  'review.noteAll.will': {
    one: 'तपाईंको संस्थाले जानकारी लिएको अभिलेखको संस्थाले देख्छ।',
    other: 'तपाईंको संस्थाले जानकारी लिएको सबै {count} वटा अभिलेखका संस्थाले देख्छन्।',
  },
  'noticeKind.WITHDRAWN': 'प्रतिवेदन फिर्ता लिइयो',
  'noticeKind.REMOVED': 'प्रतिवेदन हटाइयो',
  'noticeKind.ERASED': 'प्रतिवेदनको कुनै व्यक्ति मेटाइयो',
  'noticeKind.RAISED': 'प्रतिवेदनको गोपनीयता बढाइयो',
  'noticeKind.CLEARED': 'व्यक्तिलाई सफाइ दिइयो',
  'review.glass': 'आपत्कालीन खोलाइ',
  'review.waiting': { one: '{count} पर्खिरहेको', other: '{count} वटा पर्खिरहेका' },
  'review.glass.what': 'आपत्कालमा कसले व्यक्तिगत विवरण खोल्यो, र त्यो उचित थियो कि थिएन।',
  'review.glass.end': 'अहिले नै अन्त्य गर्नुहोस्',
  'review.glass.end.will': 'अर्को अनुरोधदेखि यसअन्तर्गत केही खोल्न मिल्दैन। त्यसपछि यो तपाईंको पुनरावलोकन पर्खन्छ।',
  'review.glass.review': 'पुनरावलोकन',
  'review.glass.review.will': 'तपाईंको निर्णय लेखापरीक्षण लगमा राखिन्छ। पछि बदल्न मिल्दैन।',
  'review.glass.judgement': 'यो थियो',
  'review.glass.justified': 'उचित',
  'review.glass.unjustified': 'अनुचित',
  'justified.YES': 'उचित',
  'justified.NO': 'अनुचित',
  'review.onward': 'अरूलाई दिने अनुरोध',
  'review.onward.what':
    'तपाईंका प्रतिवेदनबाट अरूले बनाएका र दिन चाहेका प्रतिवेदन। तपाईंले कसले कसका लागि माग्यो देख्नुहुन्छ, प्रतिवेदनको केही देख्नुहुन्न।',
  'review.onward.yes': 'सहमति',
  'review.onward.yes.will':
    '{asker} ले प्रतिवेदन {receivers} लाई दिन सक्छ। सहमति फिर्ता लिए अर्को अनुरोधमै त्यो रोकिन्छ।',
  'review.onward.no': 'अस्वीकार',
  'review.onward.no.will': '{asker} ले प्रतिवेदन दिन पाउँदैन। पछि सहमति दिन सक्नुहुन्छ।',
  'review.views': 'साझा दृश्य',
  'review.views.what':
    'धेरै संस्थाका गन्ती। तपाईंका अभिलेखले के थप्छन् हेर्न आफ्नै कुञ्जीले प्रश्न सोध्नुहोस्।',
  'review.views.approve': 'स्वीकृति',
  'review.views.approve.will':
    'अर्को अवधिदेखि तपाईंको संस्था यो दृश्यमा गनिन्छ। सबैलाई भनिसकिएको कुरा फिर्ता लिन मिल्दैन।',
  'review.views.to': 'कसलाई भन्न मिल्छ',
  'viewTo.EVERYBODY': 'सबैलाई, हल्का फेरबदल गरिएका गन्तीका रूपमा',
  'review.views.revoke': 'स्वीकृति फिर्ता',
  'review.views.revoke.will':
    'तपाईंका अभिलेखसहित भनिएको कुरा तुरुन्तै उपलब्ध हुन छाड्छ। अर्को अवधिमा ती बिना भनिन्छ।',
  'review.due': '३० दिनभित्र म्याद पुग्ने अभिलेख',
  'review.due.what':
    'समय सकिएका वा चाँडै सकिने अभिलेख। मुद्दाका लागि राखिएको कुरा यहाँ जे निर्णय भए पनि राखिन्छ।',
  'review.due.held': 'मुद्दाका लागि राखिएको',
  'review.due.keep': 'राख्नुहोस्',
  'review.due.keep.will': 'तपाईंले भनेको दिनसम्म अभिलेख राखिन्छ, र त्यसअघि यहाँ फेरि देखिन्छ।',
  'review.due.until': 'यहाँसम्म राख्ने',
  'review.due.purge': 'नष्ट गर्नुहोस्',
  'review.due.purge.will': 'अर्को सफाइले यो अभिलेख र यसैबाट मात्र थाहा भएका सबै कुरा लैजान्छ। फर्किँदैन।',
  'retentionAction.PURGE': 'नष्ट हुन्छ',
  'retentionAction.REVIEW': 'निर्णय गर्नुपर्छ',
  'review.lapsed': 'म्याद सकिएका शङ्का',
  'review.lapsed.what': 'कसैले समयमा हेरेन: नहेरेसम्म ती कुनै क्रममा हुँदैनन्।',
  'review.lapsed.review': 'पुनरावलोकन',
  'review.lapsed.will':
    '{label} लाई के मान्ने भन्ने फेरि निर्णय हुन्छ, लगमा तपाईंको नामसहित। सफाइ दिएको कुरा अभिलेख पाएका सबैलाई भनिन्छ।',
  'review.lapsed.status': 'मानिने अवस्था',
  'review.lapsed.basisOn': 'आधारको दिन',
  'review.places': 'छुट्याउनुपर्ने ठाउँ',
  'review.places.closed': 'देखाइएको छैन: घर, वा कसैको नाम हुन सक्ने शब्द',
  'review.places.what':
    'कुनै ठाउँ नजनाउने वा धेरै ठाउँ जनाउन सक्ने लेखिएका शब्द: सबैभन्दा बढी प्रयोग भएका पहिले। यिनलाई resolvePlace ले टुङ्ग्याइन्छ।',
} as const satisfies Translated<typeof ENGLISH_REVIEWS>;
