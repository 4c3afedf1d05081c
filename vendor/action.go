package vendor

// Action is something that an organisation wants to do. The zero Action is
// nothing, and is refused. Make one with the functions below, or of a kind of
// the host's own for [Rules] of its own.
type Action struct {
	// Kind is what is to be done.
	Kind ActionKind `json:"kind"`
	// For is the customer that it is done for. Empty means that the organisation does it for itself.
	For OrgNumber `json:"for,omitempty"`
	// Subject is what it is limited to: a category of users of Helsenorge, or an API's name.
	Subject string `json:"subject,omitempty"`
}

// ActionKind is what can be done. A host may have kinds of its own.
type ActionKind string

// The kinds of actions.
const (
	ActConnectHelsenettet ActionKind = "connect-to-helsenett"
	ActUseHelsenorge      ActionKind = "use-helsenorge"
	ActConnectSystem      ActionKind = "connect-to-helsenorge"
	ActCallAPI            ActionKind = "call-api"
	ActForCustomer        ActionKind = "act-for-customer"
	ActOfferTool          ActionKind = "offer-tool"
)

// ConnectHelsenettet is to be on Helsenettet.
func ConnectHelsenettet() Action { return Action{Kind: ActConnectHelsenettet} }

// UseHelsenorge is to offer a health organisation's services on Helsenorge, as one of a category such as "municipality".
func UseHelsenorge(category string) Action { return Action{Kind: ActUseHelsenorge, Subject: category} }

// ConnectSystem is to connect one's own system to Helsenorge or PVK.
func ConnectSystem() Action { return Action{Kind: ActConnectSystem} }

// CallAPI is to call an API that HelseID guards, for oneself.
func CallAPI(api string) Action { return Action{Kind: ActCallAPI, Subject: api} }

// CallAPIFor is [CallAPI] for a customer, as the supplier of a multi-tenant system does.
func CallAPIFor(customer OrgNumber, api string) Action {
	return Action{Kind: ActCallAPI, Subject: api, For: customer}
}

// ActFor is to act for a customer at HelseID.
func ActFor(customer OrgNumber) Action { return Action{Kind: ActForCustomer, For: customer} }

// OfferTool is to offer a tool in the catalogue.
func OfferTool() Action { return Action{Kind: ActOfferTool} }
