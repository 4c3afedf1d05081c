package vendor

import (
	"github.com/verktoykatalog/verktoy/internal/problem"
	"github.com/verktoykatalog/verktoy/internal/strictjson"
)

// This file holds all that is known here of the register's wire format, from
// its public documentation: data.brreg.no/enhetsregisteret/api/dokumentasjon.
// Members may be added there at any time; what is used here must be as expected.
const (
	entityPath    = "/enhetsregisteret/api/enheter/"
	entityVersion = "application/vnd.brreg.enhetsregisteret.enhet.v2+json"
	classDeleted  = "SlettetEnhet"
)

// wireEntity is an Enhet, or a SlettetEnhet, which has no flags. Pointers tell what is left out, or null.
type wireEntity struct {
	Class            *string `json:"respons_klasse"`
	Number           *string `json:"organisasjonsnummer"`
	Name             *string `json:"navn"`
	Form             *code   `json:"organisasjonsform"`
	Registered       *string `json:"registreringsdatoEnhetsregisteret"`
	Deleted          *string `json:"slettedato"`
	Bankrupt         *bool   `json:"konkurs"`
	Dissolving       *bool   `json:"underAvvikling"`
	ForcedDissolving *bool   `json:"underTvangsavviklingEllerTvangsopplosning"`
	Address          *place  `json:"forretningsadresse"`
	Parent           *string `json:"overordnetEnhet"`
}

type code struct {
	Code *string `json:"kode"`
}

type place struct {
	Municipality *string `json:"kommune"`
}

// entity reads an answer about the number.
func entity(data []byte, number OrgNumber) (Entity, error) {
	tree, err := strictjson.Parse(data, strictjson.Document())
	if err != nil {
		return Entity{}, unusable("it is not JSON")
	}
	var w wireEntity
	if _, err := tree.DecodeKnown(&w); err != nil {
		return Entity{}, unusable("its members are not those of the register's documentation")
	}
	if value(w.Number) != string(number) {
		return Entity{}, unusable("it is about another organisation")
	}
	if value(w.Class) == classDeleted || value(w.Deleted) != "" {
		return w.deleted(number)
	}
	return w.living(number)
}

func (w wireEntity) deleted(number OrgNumber) (Entity, error) {
	e, err := w.common(number)
	if err != nil {
		return Entity{}, err
	}
	return e, ErrDeleted
}

// living asks for the flags: if the register called them otherwise one day, no organisation would be bankrupt.
func (w wireEntity) living(number OrgNumber) (Entity, error) {
	e, err := w.common(number)
	switch {
	case err != nil:
		return Entity{}, err
	case w.Bankrupt == nil || w.Dissolving == nil || w.ForcedDissolving == nil:
		return Entity{}, unusable("it does not say whether the organisation is bankrupt or being dissolved")
	case e.Name == "":
		return Entity{}, unusable("it has no name")
	}
	e.Bankrupt, e.Dissolving, e.ForcedDissolving = *w.Bankrupt, *w.Dissolving, *w.ForcedDissolving
	return e, nil
}

func (w wireEntity) common(number OrgNumber) (Entity, error) {
	e := Entity{OrgNumber: number, Name: value(w.Name), Registered: Day(value(w.Registered)), Deleted: Day(value(w.Deleted)),
		Parent: OrgNumber(value(w.Parent))}
	if w.Form != nil {
		e.Form = value(w.Form.Code)
	}
	if w.Address != nil {
		e.Municipality = value(w.Address.Municipality)
	}
	if problem.Misleading(e.Name + e.Form + e.Municipality) {
		return Entity{}, unusable("a name in it holds control characters")
	}
	badDay := e.Registered != "" && !e.Registered.Valid() || e.Deleted != "" && !e.Deleted.Valid()
	if badDay || e.Parent != "" && !e.Parent.valid() {
		return Entity{}, unusable("a day or an organisation number in it is not one")
	}
	return e, nil
}

// value is the zero value for what is left out.
func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
