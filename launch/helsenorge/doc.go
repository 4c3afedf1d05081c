// Package helsenorge lets citizens start a tool from helsenorge.no and be logged
// in there (uthopp): it is a profile of [launch.Handler].
//
// [New] makes the profile for [launch.HandlerConfig].Logins; [Profile.Check] tries
// the set-up when the tool starts. [Profile.NewSession] keeps the tokens that a
// launch brought, and [Profile.Logout] ends them. [NewBearer] guards the addresses
// at which Helsenorge calls the tool.
//
// Helsenorge opens the tool's start address; no token comes with it. The tool
// sends the browser to Helsenorge's OpenID provider each time, even when it has
// a session: another person may sit there. The request is pushed (PAR), bound
// with PKCE, state and nonce, and signed for with the tool's own key; the answer
// is posted by the browser (form_post), and its code is exchanged once.
//
// The relation that Helsenorge tells (KanUtforesAv, in [launch.Launch].Relation)
// becomes the role that [launch.Policy] lists:
//
//	""  1 6 7  the citizen alone            ActingSelf, the actor is the patient
//	2 3        parent, under 12 and 12-16   ActingParent
//	4 5        assigned or ordinary power   ActingProxy
//
// The actor of the last two is a RelatedPerson with a pseudonym of its own. Task,
// Definition and Intent of the launch stay empty: what the sender put into the
// start address is in Context, and the task that it names in
// [launch.Launch.TaskID].
//
// The caller registers the redirect address, letter for letter, and its public
// key at Norsk helsenett, and asks for the names of two claims that are not
// published: see [ClaimNames].
//
// Not checked here: that the patient may use the tool, that a task exists or is
// open, what stands in the start address, the access token, which is opaque.
//
// Rules: Helsenorge's pages on uthopp, /par, /authorize, /token and /revoke;
// OpenID Connect Core 1.0; RFC 6749, 7523, 7636 (PKCE), 9126 (PAR), 9207 (iss),
// 7009 (revocation). The API may change until version 1.
package helsenorge
