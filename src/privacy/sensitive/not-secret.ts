/**
 * Plain words that people write right behind "password:" without giving one (`şifre: unuttum`, `password = forgotten`).
 * Folded as the plain text is. A word that is missing here costs a masked word, never a leaked password.
 */
export const notSecret = new Set(
  (
    'unuttum unutdum unutmusum unutmusam unuttugum hatirlamiyorum xatirlamiram yadimdan gelmedi gelmeyib gelmir gelmiyor calismiyor islemir yanlis yalnis hatali sehv sehvdir dogru duzgun ' +
    'sifirla sifirlama sifirlamak yenile yenileme deyis deyismek degistir degistirme degistirmek istiyorum isteyirem nasil nece neden niye hangi hansi lazim gerekli olmuyor olmur kabul qebul ' +
    'etmiyor etmir yok yoxdur yoktur problem problemi sorun sorunu hata xeta reset resetting forgot forgotten forget change changed changing wrong incorrect invalid expired correct right same weak short ' +
    'long none unknown lost missing recovery recover help please does doesnt didnt isnt wont cannot cant never keeps still says said link mail email e-mail sms code kodu kod and with ' +
    'not working rejected accepted required needed this that what where when there here your mine their secret private hidden number user username login account rules strength manager ' +
    'unutdum. bilmirem bilmiyorum biliyorum bilirem vermem verme paylasmam sormayin soruyor istiyor isteyir teleb talep guclu zayif zeif gizli kodunu kodumu ekrani ekran sayfasi sehifesi bolumu bolmesi'
  ).split(' '),
);
