// Kinds of templates: what is created with the SDK's own builder, how it is filled in, and what
// of it the customer must get.

const language = "en_US";
const picture = { link: "https://example.com/a.png" };
const file = (kind, value) => ({ type: "header", parameters: [{ type: kind, [kind]: value }] });

/** `[name, definition, what it is filled with, the components that arrive]`. */
export function templates(handle) {
  const hello = { type: "BODY", text: "Hello." };
  const media = (format) => ({ type: "HEADER", format, example: { headerHandle: [handle] } });
  const card = {
    components: [
      media("IMAGE"),
      { type: "BODY", text: "Offer." },
      { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Stop" }] },
    ],
  };
  const filledCard = (index) => ({
    cardIndex: index,
    components: [
      file("image", picture),
      {
        type: "button",
        subType: "quick_reply",
        index: 0,
        parameters: [{ type: "payload", payload: "stop" }],
      },
    ],
  });
  const marketing = (name, components, more = {}) => ({
    name,
    language,
    category: "MARKETING",
    components,
    ...more,
  });
  const withFile = (kind, value) => [
    kind,
    marketing(`kapso_${kind}`, [media(kind.toUpperCase()), hello]),
    { header: { type: kind, [kind]: value } },
    [file(kind, value)],
  ];
  return [
    [
      "text",
      marketing("kapso_text", [
        {
          type: "HEADER",
          format: "TEXT",
          text: "Our {{1}} is on!",
          example: { headerText: ["Sale"] },
        },
        { type: "BODY", text: "Hello {{1}}, welcome to our shop.", example: { bodyText: [["Ana"]] } },
        { type: "FOOTER", text: "Bye" },
        {
          type: "BUTTONS",
          buttons: [
            { type: "QUICK_REPLY", text: "Stop" },
            { type: "URL", text: "See", url: "https://example.com/{{1}}", example: ["a"] },
            { type: "PHONE_NUMBER", text: "Call", phoneNumber: "+16505551234" },
          ],
        },
      ]),
      {
        header: { type: "text", text: "Sale" },
        body: [{ type: "text", text: "Ana" }],
        buttons: [
          {
            type: "button",
            subType: "quick_reply",
            index: 0,
            parameters: [{ type: "payload", payload: "stop" }],
          },
          {
            type: "button",
            subType: "url",
            index: 1,
            parameters: [{ type: "text", text: "b" }],
          },
        ],
      },
      [
        { type: "header", parameters: [{ text: "Sale" }] },
        { type: "body", parameters: [{ text: "Ana" }] },
        { sub_type: "quick_reply", parameters: [{ payload: "stop" }] },
        { sub_type: "url", parameters: [{ text: "b" }] },
      ],
    ],
    [
      "named",
      marketing(
        "kapso_named",
        [
          {
            type: "BODY",
            text: "Hello {{first_name}}, welcome to our shop.",
            example: { bodyTextNamedParams: [{ paramName: "first_name", example: "Ana" }] },
          },
        ],
        { parameterFormat: "NAMED" },
      ),
      { body: [{ type: "text", text: "Ana", parameterName: "first_name" }] },
      [{ type: "body", parameters: [{ text: "Ana", parameter_name: "first_name" }] }],
    ],
    withFile("image", picture),
    withFile("video", { link: "https://example.com/a.mp4" }),
    withFile("document", { link: "https://example.com/a.pdf" }),
    [
      "location",
      marketing("kapso_location", [{ type: "HEADER", format: "LOCATION" }, hello]),
      {
        header: {
          type: "location",
          location: { latitude: 37.48, longitude: -122.14, name: "HQ", address: "1 Hacker Way" },
        },
      },
      [{ type: "header", parameters: [{ location: { name: "HQ" } }] }],
    ],
    [
      "coupon",
      marketing("kapso_coupon", [
        hello,
        { type: "BUTTONS", buttons: [{ type: "COPY_CODE", example: "25OFF" }] },
      ]),
      {
        buttons: [
          {
            type: "button",
            subType: "copy_code",
            index: 0,
            parameters: [{ type: "coupon_code", coupon_code: "25OFF" }],
          },
        ],
      },
      [{ sub_type: "copy_code", parameters: [{ coupon_code: "25OFF" }] }],
    ],
    [
      "catalog",
      marketing("kapso_catalog", [
        hello,
        { type: "BUTTONS", buttons: [{ type: "CATALOG", text: "View catalog" }] },
      ]),
      {},
      undefined,
    ],
    [
      "carousel",
      marketing("kapso_carousel", [hello, { type: "CAROUSEL", cards: [card, card] }]),
      { cards: [filledCard(0), filledCard(1)] },
      [{ type: "carousel", cards: [{ card_index: 0 }, { card_index: 1 }] }],
    ],
    [
      "code",
      {
        name: "kapso_code",
        language,
        category: "AUTHENTICATION",
        components: [
          { type: "BODY", addSecurityRecommendation: true },
          { type: "FOOTER", codeExpirationMinutes: 5 },
          { type: "BUTTONS", buttons: [{ type: "OTP", otpType: "COPY_CODE" }] },
        ],
      },
      {
        body: [{ type: "text", text: "123456" }],
        buttons: [
          {
            type: "button",
            subType: "url",
            index: 0,
            parameters: [{ type: "text", text: "123456" }],
          },
        ],
      },
      [{ type: "body", parameters: [{ text: "123456" }] }, { sub_type: "url" }],
    ],
  ];
}
