/** Words of saved views, in Nepali. */
import type { Translated } from './catalogue.ts';
import type { ENGLISH_VIEWS } from './english-views.ts';

export const NEPALI_VIEWS = {
  'views.open': 'दृश्य',
  'views.title': 'राखिएका दृश्य',
  'views.what':
    'दृश्य ठेगानाका रूपमा राखिन्छ: देश, महिना, तह र आईडी मात्र, अभिलेख होइन। खोल्नेले आफूले देख्न पाउने कुरा मात्र देख्छ, त्यसैले सहकर्मीले त्यसमा फरक अङ्क भेट्न सक्छ।',
  'views.close': 'बन्द',
  'views.save': 'यो दृश्य राख्नुहोस्',
  'views.save.will': 'तपाईंले अहिले हेरिरहेको दृश्य यो नाममा राखिन्छ: पृष्ठ, त्यसको छनोट र खुला भएको कुरा, ठेगानाका रूपमा।',
  'views.save.not': 'यो पृष्ठमा राख्न मिल्ने दृश्य छैन: नक्सा, देशहरू, परिवर्तन र निगरानी केन्द्रमा छ।',
  'views.save.role': 'तपाईंको भूमिकाले सहकर्मीले साझा गरेका दृश्य खोल्छ, आफैँ केही राख्दैन।',
  'views.name': 'नाम',
  'views.name.hint': 'के हेरिएको हो, जस्तै “वसन्तदेखि नेपालबाट भारत”। कसैको नाम नलेख्नुहोस्।',
  'views.shared': 'कसको सूचीमा हुन्छ',
  'sharedView.YES': 'मेरो संस्थाका सबैको',
  'views.mine': 'तपाईंका',
  'views.mine.none': 'तपाईंले कुनै राख्नुभएको छैन।',
  'views.theirs': 'सहकर्मीले साझा गरेका',
  'views.theirs.none': 'तपाईंसँग कसैले साझा गरेको छैन।',
  'views.more': 'यी पछिल्ला ५०० हुन्।',
  'views.note': '{page}, {day}',
  'views.note.shared': '{page}, {day}, तपाईंको संस्थासँग साझा',
  'views.rename': 'नाम फेर्नुहोस्',
  'views.rename.of': '“{name}” को नाम फेर्नुहोस्',
  'views.rename.will': 'यो आफ्नो सूचीमा भएका सबैका लागि नाम फेरिन्छ।',
  'views.share': 'साझा गर्नुहोस्',
  'views.share.of': '“{name}” साझा गर्नुहोस्',
  'views.share.will':
    'तपाईंको संस्थाका सबैको सूचीमा हुन्छ, अरू कसैको हुँदैन। त्यसमा उनीहरूले जसै पनि देख्न पाउने कुरा मात्र देख्छन्।',
  'views.unshare': 'साझा गर्न छोड्नुहोस्',
  'views.unshare.of': '“{name}” साझा गर्न छोड्नुहोस्',
  'views.unshare.will': 'यो राख्नेको सूचीमा मात्र रहन्छ, अब अरू कसैको सूचीमा हुँदैन।',
  'views.remove': 'हटाउनुहोस्',
  'views.remove.of': '“{name}” हटाउनुहोस्',
  'views.remove.will': 'आफ्नो सूचीमा भएका सबैका लागि यो सधैँका लागि हट्छ। कुनै अभिलेख बदलिँदैन।',
} as const satisfies Translated<typeof ENGLISH_VIEWS>;
