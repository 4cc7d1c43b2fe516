import type { Knowledge, Topic } from '../../src/kb/topic.ts';

const topic = (id: string, policy: Topic['policy'], texts: Topic['texts'], more: Partial<Topic> = {}): Topic => ({
  id,
  department: 'desk',
  policy,
  texts,
  related: [],
  enabled: true,
  urgency: 'normal',
  protects: false,
  channels: {},
  media: [],
  offer: false,
  ...more,
});

/** A library's desk, in two languages: no word of the shipped knowledge, so that tests see what is general. */
export const smallKnowledge: Knowledge = {
  version: 'small',
  languages: ['en', 'tr'],
  lexicon: [{ concept: 'book', words: { en: ['book*', 'novel*'], tr: ['kitap*', 'kitab*', 'roman*'] } }],
  departments: [{ id: 'desk', name: { en: 'Desk', tr: 'Masa' } }],
  desk: { brand: 'Library', defaultLanguage: 'en', variables: {}, links: {}, quietMs: 800 } as unknown as Knowledge['desk'],
  topics: new Map(
    [
      topic('loans/renew', 'answer', {
        en: {
          title: 'Renewing a loan',
          answer: 'Press renew.',
          questions: [
            'How do I renew a book?',
            'can i keep the novel longer',
            'extend my loan please',
            'I need two more weeks with this book',
            'renew',
            'prolong a loan online',
          ],
        },
        tr: {
          title: 'Ödünç süresini uzatma',
          answer: 'Uzat tuşuna basın.',
          questions: [
            'Kitabın süresini nasıl uzatırım?',
            'romanı biraz daha tutabilir miyim',
            'süre uzatma',
            'iki hafta daha lazım bu kitap',
            'ödünç aldığımı uzatmak istiyorum',
          ],
        },
      }),
      topic('loans/fine', 'answer', {
        en: {
          title: 'Late fees',
          answer: 'Ten cents a day.',
          questions: [
            'What does it cost to return late?',
            'how much is the fine',
            'do i pay a fee when it is overdue',
            'late fee per day',
            'is there a penalty for being late',
          ],
        },
        tr: {
          title: 'Gecikme ücreti',
          answer: 'Günde on kuruş.',
          questions: [
            'Geç getirirsem ne kadar öderim?',
            'gecikme cezası kaç para',
            'ceza var mı',
            'günü geçerse ücret alıyor musunuz',
            'gecikme ücreti',
          ],
        },
      }),
      topic(
        'card/lost',
        'handoff',
        {
          en: {
            title: 'Lost library card',
            answer: 'Come to the desk.',
            questions: [
              'I lost my library card',
              'my card was stolen',
              'cannot find my card anywhere',
              'card gone, what now',
              'need a new card, the old one is lost',
            ],
          },
          tr: {
            title: 'Kayıp üye kartı',
            answer: 'Masaya gelin.',
            questions: [
              'Üye kartımı kaybettim',
              'kartım çalındı',
              'kartımı bulamıyorum',
              'kart kayıp ne yapmalıyım',
              'yeni kart lazım eskisi kayboldu',
            ],
          },
        },
        { urgency: 'high' },
      ),
      topic('visit/hours', 'answer', {
        en: {
          title: 'Opening hours',
          answer: 'Nine to six.',
          questions: [
            'When are you open?',
            'opening times on saturday',
            'until what time can i come',
            'are you closed on holidays',
            'opening hours',
          ],
        },
        tr: {
          title: 'Çalışma saatleri',
          answer: 'Dokuzdan altıya.',
          questions: [
            'Kaçta açılıyorsunuz?',
            'cumartesi açık mısınız',
            'kaça kadar gelebilirim',
            'bayramda kapalı mısınız',
            'çalışma saatleri',
          ],
        },
      }),
    ].map((one) => [one.id, one]),
  ),
};
