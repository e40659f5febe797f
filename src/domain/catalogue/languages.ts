// Languages for e-mails and voice announcements, in the platform's en_us form. Cisco's closed list is not public; these
// are the announcement languages Webex Calling is sold with.

/** In alphabetical order. */
export const languages: readonly string[] = (
  'ar_ae ar_sa ca_es cs_cz da_dk de_at de_ch de_de en_au en_ca en_gb en_nz en_us es_co es_es es_mx et_ee fi_fi fr_ca fr_ch ' +
  'fr_fr he_il hu_hu id_id it_it ja_jp ko_kr lt_lt lv_lv nb_no nl_nl pl_pl pt_br pt_pt ro_ro ru_ru sk_sk sl_si sv_se th_th ' +
  'tr_tr uk_ua vi_vn zh_cn zh_hk zh_tw'
).split(' ');

const known = new Set(languages);

/** What a bare language means where its country is not called like it (de is de_de without being told). */
const homes: Readonly<Record<string, string>> = { ar: 'ar_ae', en: 'en_us', zh: 'zh_cn' };

/** Takes en, en-US, en_US and en_us; answers en_us form, or null for a language that is not offered. */
export function normalizeLanguage(value: string): string | null {
  const form = value.trim().toLowerCase().replace('-', '_');
  if (known.has(form)) return form;
  const home = homes[form] ?? `${form}_${form}`;
  return known.has(home) ? home : (languages.find((language) => language.startsWith(`${form}_`)) ?? null);
}
