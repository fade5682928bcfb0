// Where the records of each folder go, and which field is their text.
export const KINDS = {
  neighbourhoods: { section: "quartiers", text: "description", plural: "Quartiers", singular: "Quartier" },
  initiatives: { section: "initiatives", text: "story", plural: "Initiatives", singular: "Initiative" },
  organisations: { section: "partenaires", text: "description", plural: "Organisations", singular: "Organisation" },
  schemes: { section: "dispositifs", text: "description", plural: "Dispositifs", singular: "Dispositif" },
  buildings: { section: "immeubles", text: "description", plural: "Immeubles", singular: "Immeuble" },
  portraits: { section: "portraits", text: "story", plural: "Portraits", singular: "Portrait" },
  awards: { section: "distinctions", text: "citation", plural: "Diplômes", singular: "Diplôme" },
  events: { section: "agenda", text: "description", plural: "Rendez-vous", singular: "Rendez-vous" },
  pilot_sites: { section: "sites-pilotes", text: "protocol", plural: "Sites pilotes", singular: "Site pilote" },
  forms: { section: "participer", text: "thanks", plural: "Formulaires", singular: "Formulaire" },
};

// Documents are Eleventy's own Markdown pages.
export const DOCUMENTS = {
  kits: { section: "kits", plural: "Kits", singular: "Kit" },
  press: { section: "presse", plural: "Communiqués", singular: "Communiqué" },
  lessons: { section: "enseignements", plural: "Enseignements", singular: "Enseignement" },
};

// Which fields of which records name others.
export const REFERENCES = {
  initiatives: { neighbourhood: "neighbourhoods", organisation: "organisations", schemes: "schemes", kits: "kits" },
  organisations: { neighbourhoods: "neighbourhoods" },
  schemes: { kits: "kits" },
  buildings: { neighbourhood: "neighbourhoods", landlord: "organisations" },
  portraits: { neighbourhood: "neighbourhoods", building: "buildings", initiatives: "initiatives" },
  awards: { neighbourhood: "neighbourhoods", portrait: "portraits", building: "buildings" },
  events: { neighbourhood: "neighbourhoods", kits: "kits", schemes: "schemes", organisations: "organisations" },
  pilot_sites: { neighbourhood: "neighbourhoods", buildings: "buildings" },
  kits: { schemes: "schemes" },
  press: { neighbourhoods: "neighbourhoods", kits: "kits", initiatives: "initiatives", portraits: "portraits", events: "events" },
  lessons: { initiatives: "initiatives", events: "events", kits: "kits", buildings: "buildings" },
};

export const FACTS = {
  address: "Adresse", actor: "Porteur", status: "État", type: "Nature", homes: "Logements", start: "Début", end: "Fin",
  place: "Lieu", serial: "Numéro", since: "Depuis le", verified: "Vérifiée le", updated: "Mis à jour le",
};
