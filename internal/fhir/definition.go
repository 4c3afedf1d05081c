package fhir

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
)

// Namespace is where the addresses that this project has given begin. They are names; nothing need answer there.
const Namespace = "https://github.com/verktoykatalog/verktoy/fhir/"

// The systems of the ids of what a catalogue holds.
const (
	SystemTool = Namespace + "tool" // a tool's id
	SystemUnit = Namespace + "unit" // a unit: the tool's id, "/", the unit's
)

// MostID is how many characters the id of a resource may have (hl7.org/fhir/R4/datatypes.html#id).
const MostID = 64

// WantBase is what [IsBase] wants.
const WantBase = "an absolute http or https address without user name, query, fragment or slash at the end"

// IsBase says whether canonical addresses may begin with it.
func IsBase(base string) bool {
	u, err := url.Parse(base)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" &&
		!strings.ContainsAny(base, " \t\r\n@?#") && !strings.HasSuffix(base, "/")
}

// DefinitionURL is the canonical address of the ActivityDefinition with that id.
func DefinitionURL(base, id string) string { return base + "/ActivityDefinition/" + id }

// UnitDefinition is the id of a unit's ActivityDefinition: both ids if there is room, or else a part and a digest of them.
func UnitDefinition(tool, unit string) string { return Fit(tool + "." + unit) }

// Fit is an id that a resource may have: id itself if it is one, or else a part and a digest of it.
func Fit(id string) string {
	if len(id) <= MostID && strings.Trim(id, letters+".-") == "" {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	part := strings.Map(func(c rune) rune {
		if strings.ContainsRune(letters+".-", c) {
			return c
		}
		return '-'
	}, id[:min(len(id), 31)])
	return part + "." + hex.EncodeToString(sum[:16])
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
