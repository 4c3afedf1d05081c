package catalogue

// Access says who may use a tool and how. The facts are independent of each other: a tool may be open to all and still be prescribed.
// What a document leaves out is false.
type Access struct {
	// WithoutLogin: the tool may be used without logging in.
	WithoutLogin bool `json:"withoutLogin,omitempty"`
	// RequiresPrescription: a therapist must have sent the tool to the citizen.
	RequiresPrescription bool `json:"requiresPrescription,omitempty"`
	// National: offered everywhere in Norway, and not by one region or municipality only.
	National bool `json:"national,omitempty"`
	// OnBehalf: may be used on behalf of someone who is represented, such as one's child.
	OnBehalf bool `json:"onBehalf,omitempty"`
}

// Mode is the shortest answer to "how do I get at it?".
type Mode string

// The modes.
const (
	ModeOpen       Mode = "open"       // anyone, without login
	ModeLogin      Mode = "login"      // anyone who logs in
	ModePrescribed Mode = "prescribed" // those whom a therapist has sent it to
)

// Mode sums Access up. A required prescription wins over all else; the zero Access needs a login.
func (a Access) Mode() Mode {
	switch {
	case a.RequiresPrescription:
		return ModePrescribed
	case a.WithoutLogin:
		return ModeOpen
	}
	return ModeLogin
}

func (m Mode) valid() bool { return m == ModeOpen || m == ModeLogin || m == ModePrescribed }
