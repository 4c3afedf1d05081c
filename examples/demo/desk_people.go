package main

import "github.com/verktoykatalog/verktoy/approval"

// official is an invented person who works with cases. One person has one id in all that the desk keeps.
type official struct {
	approval.Actor
	Name string
	As   string // a key of the texts
}

// side is where somebody works, home where they begin.
func (o official) side() string {
	if o.Role == approval.RoleVendor {
		return vendorSide
	}
	return panelSide
}

func (o official) home() string {
	if o.side() == vendorSide {
		return "/"
	}
	return "/" + panelSide
}

// Home is home, for a page.
func (o official) Home() string { return o.home() }

// vendorPerson writes and submits for the vendor. A real desk has a login with the right to act for the organisation.
var vendorPerson = official{approval.Actor{Role: approval.RoleVendor, ID: "ragnhild-stegvold"}, "Ragnhild Stegvold", "as-manager"}

const vendorNumber, vendorName = "310310565", "Stegvis Helse AS"

// Who does what in the story that the demo plays by itself.
var (
	secretary  = official{approval.Actor{Role: approval.RoleSecretariat, ID: "siri-saksbehandler"}, "Siri Saksbehandler", "as-secretary"}
	lister     = official{approval.Actor{Role: approval.RoleManager, ID: "mona-forvalter"}, "Mona Forvalter", "as-lister"}
	psychology = official{approval.Actor{Role: approval.RolePanel, ID: "member-1"}, "Berit Fagperson", "as-psychologist"}
	medicine   = official{approval.Actor{Role: approval.RolePanel, ID: "member-2"}, "Jon Allmennlege", "as-doctor"}
	experience = official{approval.Actor{Role: approval.RolePanel, ID: "member-3"}, "Aisha Erfaring", "as-user"}
	// kin is the brother of the one who signs for the vendor, and should stand aside.
	kin = official{approval.Actor{Role: approval.RolePanel, ID: "member-4"}, "Trond Stegvold", "as-lawyer"}
)

func officials() []official {
	return []official{vendorPerson, secretary, psychology, medicine, experience, kin, lister}
}

func findOfficial(id string) (official, bool) {
	for _, o := range officials() {
		if o.ID == id {
			return o, true
		}
	}
	return official{}, false
}

// nameOf is the name behind an id that the desk keeps; an id that it does not know stays as it is.
func nameOf(id string) string {
	for _, o := range officials() {
		if o.ID == id {
			return o.Name
		}
	}
	return id
}

// experts are the panel. Two of the four must vote.
func experts() approval.Panel {
	p := approval.Panel{ID: "panel-mental-health", Quorum: 2}
	for _, o := range officials() {
		if o.Role == approval.RolePanel {
			p.Members = append(p.Members, approval.Member{ID: o.ID, Name: o.Name, Role: deskTexts[o.As].In("nb")})
		}
	}
	return p
}
