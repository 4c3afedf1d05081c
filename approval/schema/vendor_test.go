package schema_test

import (
	"github.com/invopop/jsonschema"

	"github.com/verktoykatalog/verktoy/vendor"
)

// What a vendor tells of itself beyond number and name.
var (
	vendorMembers = edits(members{"name": text(200), "contacts": items(0, 50), "subprocessors": items(0, 200), "certificates": items(0, 50),
		"roles": func(s *jsonschema.Schema) {
			distinct(6)(s)
			s.Items = &jsonschema.Schema{Type: "string"}
			oneOf(vendor.RoleToolVendor, vendor.RoleEPRVendor, vendor.RolePortal, vendor.RoleProcessor, vendor.RoleContentOwner,
				vendor.RoleSystemOwner)(s.Items)
		}})
	contactMembers = edits(members{"name": text(200), "email": form(emailForm, 254), "phone": form(phoneForm, 100),
		"kind": oneOf(vendor.ContactCommercial, vendor.ContactTechnical, vendor.ContactSecurity, vendor.ContactPrivacy, vendor.ContactClinical)})
	subprocessorMembers = edits(members{"name": text(200), "service": text(1000), "processedIn": func(s *jsonschema.Schema) {
		distinct(249)(s)
		s.MinItems = pointer(1)
	}, "transferBasis": oneOf(vendor.BasisAdequacy, vendor.BasisStandardClauses, vendor.BasisCorporateRules, vendor.BasisCodeOfConduct,
		vendor.BasisCertification, vendor.BasisPublicInstruments)})
	certificateMembers = edits(members{"issuer": text(200), "number": text(100), "scope": text(2000), "sha256": form(digestForm, 64),
		"kind": oneOf(vendor.CertificateISO9001, vendor.CertificateISO13485, vendor.CertificateISO27001, vendor.CertificateISO27701,
			vendor.CertificateSOC2, vendor.CertificateCE)})
)
