// A record's facts, as the lines of the list beside its text.
import { words, config, themes, capital, day, escape, moment, number, span } from "./words.js";

const fact = (label, value) => `<div><dt>${label}</dt> <dd>${escape(value)}</dd></div>\n`;
const link = (label, section, id, records) =>
  `<div><dt>${label}</dt> <dd><a href="/${section}/${id}/">${escape(records[id].title)}</a></dd></div>\n`;
const about = (names) => fact(names.length > 1 ? "Thèmes" : "Thème", names.map((name) => themes[name]).join(", "));
const yes = (value) => (value === "oui" ? "Oui" : "Non");

const label = (state, { applied, level, serial, granted, expires }) => {
  const expired = state === "expire";
  const given = () =>
    fact(expired ? "Niveau atteint" : "Niveau", capital(level)) + fact("Numéro", serial) + fact("Attribué le", day(granted)) +
    fact(expired ? "Expiré le" : "Valable jusqu’au", day(expires));
  return fact("État", words.states[state].title) + fact("Candidature", day(applied)) + (granted ? given() : "");
};

const survey = (found) => {
  const [first, ...others] = found.shared_spaces;
  return (
    fact("Lieux partagés", [first, ...others.map((each) => each.toLowerCase())].join(", ")) +
    fact("Gardien", yes(found.guardian)) + fact("Accès de plain-pied", yes(found.step_free)) + fact("Ascenseur", yes(found.lift)) +
    fact("Voisins qui se connaissent", words.bands[found.know_each_other]) +
    fact("Foyers prêts à aider", words.bands[found.willing]) + fact("Foyers qui ont répondu", found.answers) +
    fact("Relevé du", day(found.date))
  );
};

export const FACTS = {
  neighbourhoods: ({ record }) => fact("Habitants", number(record.population)),
  initiatives: ({ record }, { neighbourhoods, organisations }) =>
    fact("Porteur", words.actors[record.actor]) + link("Organisation", "partenaires", record.organisation, organisations) +
    (record.neighbourhood ? link("Quartier", "quartiers", record.neighbourhood, neighbourhoods) : fact("Quartier", "Toute la ville")) +
    fact("Lieu", record.address) + fact("État", words.statuses[record.status].title) + fact("Depuis le", day(record.since)) +
    about(record.themes) + fact("Fiche vérifiée le", day(record.verified)),
  organisations: ({ record }) =>
    fact("Nature", words.types[record.type]) +
    (record.network === "non" ? "" : fact("Réseau", record.scope === "national" ? "National" : "Local")) +
    fact("Convention", `Signée le ${day(record.agreement.signed)}, jusqu’au ${day(record.agreement.until)}`) +
    `<div><dt>Site web</dt> <dd><a href="${escape(record.url)}">${escape(record.url.replace(/^https:\/\/|\/$/g, ""))}</a></dd></div>\n`,
  schemes: ({ record }) => fact("Service responsable", record.owner) + fact("Texte de référence", record.legal_basis),
  buildings: ({ record, state }, { neighbourhoods, organisations }) =>
    link("Quartier", "quartiers", record.neighbourhood, neighbourhoods) +
    fact("Adresse", `${record.address}, ${record.postcode} ${config.town.name}`) + fact("Logements", record.homes) +
    link("Bailleur ou syndicat", "partenaires", record.landlord, organisations) + label(state, record.label) + survey(record.survey),
  portraits: ({ record }, { neighbourhoods, buildings }) =>
    link("Quartier", "quartiers", record.neighbourhood, neighbourhoods) + link("Immeuble", "immeubles", record.building, buildings) +
    fact("Dans le réseau depuis le", day(record.since)) + fact("Portrait du", day(record.date)) + fact("Exemple", "Personne inventée"),
  awards: ({ record }, { neighbourhoods, buildings }) =>
    fact("Diplôme", words.diplomas[record.diploma]) + fact("Numéro", record.serial) +
    `<div><dt>Titulaire</dt> <dd><a href="/portraits/${record.portrait}/">${escape(record.holder)}</a></dd></div>\n` +
    link("Immeuble", "immeubles", record.building, buildings) + link("Quartier", "quartiers", record.neighbourhood, neighbourhoods) +
    fact("Remis le", day(record.date)),
  events: ({ record }, { neighbourhoods }) =>
    fact("Quand", span(record)) + fact("Où", `${record.place}, ${record.address}`) +
    link("Quartier", "quartiers", record.neighbourhood, neighbourhoods) + fact("Accessibilité", record.accessibility) + about(record.themes),
  pilot_sites: ({ record }, { neighbourhoods }) =>
    link("Quartier", "quartiers", record.neighbourhood, neighbourhoods) + fact("Début", day(record.start)) + fact("Fin", day(record.end)) +
    fact("Décision", "Essai en cours"),
  kits: ({ record }) =>
    (record.season ? fact("Saison", words.seasons[record.season]) : fact("Urgence", words.emergencies[record.emergency])) +
    fact("Préparation", record.duration) + fact("Combien de voisins", record.people) + about(record.themes) +
    fact("Mis à jour le", day(record.updated)),
  press: ({ record }) => fact("Date", moment(record.date)),
  lessons: ({ record }) => fact("Date", day(record.date)) + fact("Coût", record.cost),
};
