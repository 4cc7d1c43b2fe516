/** What mail programs write by themselves, in the languages that our contacts' programs speak. */
export interface Phrase {
  test(text: string): boolean;
}

/** Line above a quoted mail, in front of the colon: `… tarihinde Ayşe şunu yazdı:`. */
export const wrote = phrase(
  '(^|\\s)(wrote|yazdı|yazmış|yazıb|написал(\\(а\\)|а|и)?|пишет|schrieb( .{1,160})?|geschrieben|a écrit|napisał(a)?)\\s*(\\([^)]{1,60}\\)\\s*)?(:\\s*)?$',
);

/** Rule between a reply and what it answers: `-----Original Message-----`. */
export const originalMessage = line(
  'original message|original appointment|orijinal (ileti|mesaj|e-?posta)|orjinal (ileti|mesaj)|özgün (ileti|mesaj)|asıl (ileti|mesaj)|orijinal mesaj|' +
    'ilkin mesaj|исходное сообщение|исходное письмо|оригинальное сообщение|ursprüngliche nachricht|originalnachricht|reply message|original e-?mail',
);

/** Rule above a forwarded mail. */
export const forwardedMessage = line(
  'forwarded message|begin forwarded message|yönlendirilen (ileti|mesaj)|iletilen (ileti|mesaj|e-?posta)|iletilmiş mesaj|ötürülmüş (mesaj|məktub)|yönləndirilmiş (mesaj|məktub)|yönlendirilmiş (ileti|mesaj)|' +
    'пересылаемое (сообщение|письмо)|пересланное (сообщение|письмо)|начало переадресованного (сообщения|письма)|конец пересылаемого сообщения|weitergeleitete nachricht|anfang der weitergeleiteten nachricht|iletinin başlangıcı',
);

/** A line that names who wrote a quoted mail, and those that must stand near it. */
export const headerFrom = label('from|kimden|gönderen|kimdən|göndərən|от|от кого|von');
export const headerOther = label(
  'sent|date|to|cc|subject|reply-to|gönderildi|gönderme tarihi|gönderim tarihi|gönderilme tarihi|gönderilmiş|gönderim zamanı|tarih|kime|alıcı|bilgi|konu|göndərilib|göndərildi|tarix|kimə|mövzu|отправлено|дата|кому|копия|тема|gesendet|datum|an|betreff',
);

/** Lines that telephones and programs add under every mail, and what such a line always names: money is sent from somewhere too. */
export const device = phrase(
  '(iphone|ipad|galaxy|samsung|huawei|xiaomi|redmi|oppo|honor|realme|android|ios|telefon|phone|handy|smartphone|mobil|мобильн|телефон|устройств|cihaz|qurğu|gerät|device|e-?posta|mail|почт|outlook|windows|yahoo|yandex|яндекс|proton|blackberry|watch)',
);
export const sentFrom = phrase(
  [
    '^(sent|envoyé|get) (from|with|via|using|outlook for) .{1,60}$',
    '^(get|получить|получите|скачать|загрузить|holen sie sich|laden sie) outlook (for|для|für) .{1,20}$',
    "^.{0,40}(['’]?(um|ım|im)?(dan|den|dən|tan|ten)|üzerinden|vasitəsilə|ile|ilə|uygulamasından|aracılığıyla) (gönderildi|gönderilmiştir|göndərildi|göndərilib|göndərilmişdir)\\.?$",
    '^(ios|android|windows|mac) (için|üçün) outlook.{0,40}$',
    "^(android|ios) için outlook['’]?u (edinin|alın).*$",
    '^отправлено (с|из|от|при помощи|через) .{1,60}$',
    '^(von meinem|von mein) .{1,30} gesendet\\.?$',
    '^gesendet (von|mit|über|via) .{1,60}$',
    '^outlook (für|for) (ios|android|windows).{0,20}(herunterladen|beziehen)?$',
    '^(yahoo mail|yahoo posta):? .{1,60}$',
    '^(virus-free|virüs bulunmuyor|без вирусов|virenfrei)\\.?.{0,40}$',
  ].join('|'),
);

/** Closing words; the name and the rest of the signature follow. The polite ones stand alone in their line, because questions begin with them too. */
export const closing = phrase(
  [
    String.raw`^(best|kind|warm|with best|with kind)?\s*(regards|wishes)`,
    String.raw`^(yours|sincerely|respectfully|thanks and regards)(?!\p{L})`,
    String.raw`^(en içten |en derin )?(saygılarımla|saygılarımızla|saygılar)(?!\p{L})`,
    String.raw`^(hörmətlə|hörmətlərlə|uğurlar|ən xoş arzularla)(?!\p{L})`,
    '^(с уважением|с наилучшими|всего доброго|всего хорошего)',
    String.raw`^(mit freundlichen|freundliche|viele|beste|liebe|herzliche|schöne) (grüße|grüßen|gruß|grüsse|grüssen)|^mfg(?!\p{L})`,
    alone('cheers|(many )?thanks( again)?|thank you|thanks in advance'),
    alone('selamlar|sevgiler|(iyi|hayırlı) (çalışmalar|günler|akşamlar|geceler|haftalar|işler)( dilerim)?|kolay gelsin'),
    alone('(şimdiden )?(çok )?teşekkürler|(çok )?teşekkür (ederim|ederiz)|təşəkkürlər|təşəkkür edirəm|sağ olun|əvvəlcədən təşəkkürlər'),
    alone('спасибо|заранее спасибо|благодарю|(vielen )?dank|danke|danke im voraus'),
  ].join('|'),
);

/** How a legal footer begins. */
export const disclaimer = phrase(
  String.raw`^[^\p{L}]*(` +
    [
      String.raw`this (e-?mail|message|communication)(?!\p{L}).{0,80}(confidential|intended|attachments|privileged)`,
      'the information (contained )?in this (e-?mail|message)|confidentiality notice|disclaimer(?!\\p{L})',
      String.raw`bu (e-?posta|elektronik posta|mesaj|ileti)(?!\p{L}).{0,60}(gizli|ekleri|ve ekl|içer)|yasal uyarı|gizlilik bildirimi`,
      String.raw`bu (e-?məktub|məktub|elektron poçt)(?!\p{L}).{0,60}(məxfi|əlavə)`,
      String.raw`(это|данное) (сообщение|письмо|электронное)(?!\p{L}).{0,80}(конфиденц|вложен)|настоящее (сообщение|письмо)`,
      String.raw`diese (e-?mail|nachricht)(?!\p{L}).{0,60}(vertraulich|anhänge)`,
    ].join('|') +
    ')',
);

function line(words: string): Phrase {
  return phrase(`^[\\s>*_-]*(${words})[\\s*_:-]*$`);
}

function alone(words: string): string {
  return `^(${words})[.,!]*$`;
}

function label(words: string): Phrase {
  return phrase(`^[\\s>]*\\*?(${words})\\s?\\*?:\\*?\\s?\\S*`);
}

/** Small and capital letters alike, also the Turkish ones, for which a regular expression's own way of ignoring case has no pairs. */
function phrase(source: string): Phrase {
  const pattern = new RegExp(source.replace(/[ıİ]/g, 'i'), 'u');
  return { test: (text) => pattern.test(foldCase(text)) };
}

/** Lower case, with one i for all four of Turkish. */
export function foldCase(text: string): string {
  return text.replace(/[ıİI]/g, 'i').toLowerCase();
}
