package prescriptionfhir

import (
	"cmp"
	"errors"
	"net/url"
	"strings"

	"github.com/verktoykatalog/verktoy/internal/fhir"
)

// Config says what names mean. Base is required. Systems that are empty are ours, named below; others are absolute URIs, and each its own.
type Config struct {
	// Base is that of cataloguefhir.Config: what the canonical addresses of tools and units begin with.
	Base string
	// Prescription is the system of prescriptions' ids: [SystemPrescription].
	Prescription string
	// Patient is the system of pseudonyms: [SystemPatient].
	Patient string
	// Tenant is the system of tenants: [SystemTenant], or [SystemOrgNumber] for who uses organisation numbers.
	Tenant string
	// Actor is the system of actors' ids: [SystemActor]. An id of the form "hpr/1234567" is written with [SystemHPR] all the same.
	Actor string
	// HelsenorgeDeadline is the address of Helsenorge's extension hn-task-deadline. Its name is public, its address is not: empty means one
	// that is assumed.
	HelsenorgeDeadline string
}

// Mapper writes and reads. Make one with [New]; it may be used by many goroutines.
type Mapper struct{ cfg Config }

// New checks the config; the error names every fault.
func New(cfg Config) (*Mapper, error) {
	cfg.Prescription = cmp.Or(cfg.Prescription, SystemPrescription)
	cfg.Patient = cmp.Or(cfg.Patient, SystemPatient)
	cfg.Tenant = cmp.Or(cfg.Tenant, SystemTenant)
	cfg.Actor = cmp.Or(cfg.Actor, SystemActor)
	cfg.HelsenorgeDeadline = cmp.Or(cfg.HelsenorgeDeadline, fhir.AssumedDeadlineURL)
	if faults := cfg.faults(); len(faults) > 0 {
		return nil, errors.New("prescriptionfhir: invalid Config: " + strings.Join(faults, "; "))
	}
	return &Mapper{cfg}, nil
}

func (c Config) faults() []string {
	var faults []string
	if !fhir.IsBase(c.Base) {
		faults = append(faults, "field Base must be "+fhir.WantBase)
	}
	named := []struct{ field, system string }{{"Prescription", c.Prescription}, {"Patient", c.Patient}, {"Tenant", c.Tenant},
		{"Actor", c.Actor}, {"HelsenorgeDeadline", c.HelsenorgeDeadline}}
	used := map[string]bool{SystemKey: true, SystemHPR: true, SystemNationalID: true}
	for _, n := range named {
		if u, err := url.Parse(n.system); err != nil || !u.IsAbs() || strings.ContainsAny(n.system, " \t\r\n") {
			faults = append(faults, "field "+n.field+" must be an absolute URI")
		} else if used[n.system] {
			faults = append(faults, "field "+n.field+" must be a system of its own")
		}
		used[n.system] = true
	}
	return faults
}

// encode gives equal bytes for equal resources.
func encode(resource any) ([]byte, error) { return fhir.Encode("prescriptionfhir", resource) }
