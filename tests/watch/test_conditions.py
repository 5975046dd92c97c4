"""Conditions and what comes after them: which later sentences fire the indicator that was armed from one, which speak against it, which leave it quiet.

All of it is invented, and read by the real reader. A case is the headline of all its articles, the article with the condition, and the later ones.
"""

import pytest

from onrecord.watch.arm import from_condition
from onrecord.watch.indicator import Indicator
from onrecord.watch.match import match
from tests.watch.support import reading, resolved

FIRES, QUIET, AGAINST = "fires", "quiet", "against"

CASES = [
    (
        "Trucks wait at the pass of Orm",
        "If the queue at Orm exceeds 400 trucks, the border will be opened at night, customs said.",
        [
            ("There are 430 trucks waiting at Orm, drivers said.", FIRES),
            ("The queue at Orm has grown to 450 trucks.", FIRES),
            ("Customs laughed off a report that 450 trucks were waiting at Orm.", AGAINST),
            ("Some 350 trucks are waiting at Orm.", QUIET),
            ("In Orm 500 trucks were built last month.", QUIET),
        ],
    ),
    (
        "Fever spreads in Tarn",
        "Doctors in Tarn have counted 140 cases of the fever. If their number passes 200, the schools will be closed, the health office said.",
        [
            ('The fever has now infected 212 people in Tarn, the health office said.', FIRES),
            ('Doctors in Tarn had counted 231 cases by Friday, hospital director Ivo Lamm said.', FIRES),
            ('Nearly 200 cases have been counted in Tarn, the health office said.', QUIET),
            ('There are no more than 180 cases in Tarn, the health office said.', AGAINST),
            ('In 2019 more than 600 cases were counted in Tarn.', QUIET),
            ('The health office bought 300 masks for Tarn.', QUIET),
            ('There were 240 cases in Tarn in the week to Friday, the health office said.', FIRES),
        ],
    ),
    (
        "Drought in the hills of Ostrel",
        "The reservoir at Ostrel supplies the capital. If the level falls below 480 metres, the pumps will stop, engineer Lene Bragg said.",
        [
            ('The reservoir at Ostrel fell to 478.2 metres on Friday, the water company said.', FIRES),
            ("The water level in Ostrel's reservoir stood at 479 metres on Friday, the water company said.", FIRES),
            ('The reservoir behind the dam at Ostrel is down to 476 metres, engineers said.', FIRES),
            ('On Friday the reservoir at Ostrel stood at 481.3 metres.', QUIET),
            ('The reservoir could fall to 475 metres by the end of the month, the model says.', QUIET),
            ('A trail of 300 metres leads round the reservoir at Ostrel.', QUIET),
            ('In 2012 the reservoir at Ostrel sank to 471 metres.', QUIET),
            ('The reservoir has not fallen to 478 metres, the water company said.', AGAINST),
            ('The church of Ostrel stands at 410 metres above the sea.', QUIET),
        ],
    ),
    (
        "Dockers in Corriel down tools",
        "Some 900 dockers in Corriel are on strike. Should it go above 2,000, the port would have to close, its director said.",
        [
            ('More than 2,300 dockers in Corriel are on strike, the union said.', FIRES),
            ('The number of strikers in Corriel has risen to 2,150, the union said.', FIRES),
            ('Some 1,900 dockers in Corriel are on strike, the union said.', QUIET),
            ('The union denied that 2,400 dockers in Corriel were on strike.', AGAINST),
            ('The port of Corriel handles 2,500 containers a day.', QUIET),
            ('Almost 2,000 dockers have joined the strike in Corriel.', QUIET),
        ],
    ),
    (
        "Siege of the mine at Velk",
        "Armed men hold the mine at Velk. Once there are more than 300 gunmen at the mine, it can no longer be stormed, retired colonel Pavel Orm said.",
        [
            ('There are 340 fighters at the Velk mine, two miners who escaped said.', FIRES),
            ('Colonel Dara Lin put the number of gunmen at Velk at 320.', FIRES),
            ('Some 280 gunmen are at the mine, the interior ministry said.', QUIET),
            ('“There are not 340 of them,” Colonel Dara Lin said of the gunmen at Velk.', AGAINST),
            ('The gunmen at Velk number no more than 250, the interior ministry said.', AGAINST),
            ('The figure of 340 gunmen at Velk is a fable, the interior ministry said.', AGAINST),
            ('The army has 1,200 soldiers around the mine.', QUIET),
            ('The gunmen at Velk hold 310 miners, the company said.', QUIET),
            ('The number of gunmen at the mine will rise to 400 by Sunday, their leader said.', FIRES),
            ('In the prison of Harn 350 men refused their food on Friday.', QUIET),
            ('The gunmen are short of bread. By Friday there were 350 of them, a miner said.', FIRES),
            ('The gunmen walked the last 400 metres to the gate of the mine at Velk.', QUIET),
        ],
    ),
    (
        'Lesmere masses troops on the Arle',
        "If Lesmere's troops at the border exceed 20,000, an attack is likely, General Ada Holm said.",
        [
            ('Lesmere now has 24,000 soldiers at the border, a diplomat said.', FIRES),
            ('Quarrin has 30,000 soldiers at the border, a diplomat said.', QUIET),
            ('Lesmere has massed some 22,000 troops at the border, General Holm said.', FIRES),
            ('Lesmere denied that it had 24,000 soldiers at the border.', AGAINST),
            ('Lesmere will send 25,000 troops to the border, its defence minister said.', FIRES),
            ('Just under 20,000 troops of Lesmere are at the border.', QUIET),
        ],
    ),
    (
        "Bread gets dearer in Quarrin",
        "The price of wheat is rising. If it climbs above 300 crowns a tonne, the state will ration bread, Finance Minister Olga Reth said.",
        [
            ('Wheat rose to 312 crowns a tonne on Friday.', FIRES),
            ('The price of wheat hit 305 crowns a tonne on Friday, traders said.', FIRES),
            ('Wheat traded at 309 crowns a tonne in Quarrin.', FIRES),
            ('Wheat traded at 290 crowns a tonne in Quarrin.', QUIET),
            ('Barley rose to 320 crowns a tonne on Friday.', QUIET),
            ('Wheat fell from 340 crowns a tonne to 280 crowns.', QUIET),
            ('A baker in Quarrin was fined 400 crowns.', QUIET),
            ('The price of wheat could reach 350 crowns a tonne, traders said.', QUIET),
        ],
    ),
    (
        "The Arle rises",
        "If the Arle tops 7.5 metres at Bruk, the lower town must be left, the mayor said.",
        [
            ('The Arle reached 7.8 metres at Bruk on Friday morning.', FIRES),
            ('At Bruk the river stood at 7.7 metres, the water board said.', FIRES),
            ('The Arle stood at 7.1 metres at Bruk on Friday.', QUIET),
            ('The wall at Bruk is 8 metres high.', QUIET),
            ('The Arle at Bruk is expected to reach 7.9 metres on Saturday.', FIRES),
            ('In 1954 the Arle reached 8.4 metres at Bruk.', QUIET),
            ('The water in the Arle at Bruk was measured at 7.6 metres on Friday.', FIRES),
        ],
    ),
    (
        "Quarrin votes",
        "If the Harvest Party wins more than 60 seats, it can govern alone, analyst Jan Toll said.",
        [
            ('The Harvest Party won 64 seats, the election office said.', FIRES),
            ('The Harvest Party has 58 seats.', QUIET),
            ('The Lantern Party won 63 seats, the election office said.', QUIET),
            ('The Harvest Party did not win 64 seats, the election office said.', AGAINST),
            ('The hall has 80 seats.', QUIET),
        ],
    ),
    (
        "Ground shakes at Corva",
        "If a quake reaches magnitude 6, the dam at Corva would be in danger, geologist Nils Aar said.",
        [
            ('A quake of magnitude 6.3 shook Corva on Friday.', FIRES),
            ('A quake of magnitude 4.1 shook Corva on Friday.', QUIET),
        ],
    ),
    (
        "Heat in Selm",
        "Should the temperature in Selm hit 45 degrees, the power plant will shut down, its operator said.",
        [
            ('The temperature in Selm reached 46 degrees on Friday.', FIRES),
            ('It was 46.2 degrees in Selm at noon.', FIRES),
            ('The temperature in Selm stood at 41 degrees on Friday.', QUIET),
            ('Temperatures in Selm are forecast to reach 47 degrees on Sunday.', FIRES),
        ],
    ),
    (
        "Ships wait off Port Anner",
        "Nineteen ships wait off Port Anner. If there are more than 30 of them, grain will run short, the port said.",
        [
            ('There are 34 ships waiting off Port Anner, the port said.', FIRES),
            ('Some 28 ships are waiting off Port Anner.', QUIET),
            ('Thirty-three vessels are now at anchor off Port Anner, pilots said.', FIRES),
            ('At Port Anner 60 crew members were ill.', QUIET),
        ],
    ),
    (
        "Flood in Marl",
        "If more than 10,000 people are displaced in Marl, the state will ask for help, the governor said.",
        [
            ('The flood has driven 12,000 people from their homes in Marl, the governor said.', FIRES),
            ('The number of displaced in Marl has reached 11,000.', FIRES),
            ('Between 9,000 and 12,000 people have been displaced in Marl, aid workers said.', FIRES),
            ('Up to 12,000 people may have been displaced in Marl.', QUIET),
            ('Some 10,500 people attended the mass in Marl.', QUIET),
            ('Nearly 10,000 people have been displaced in Marl.', QUIET),
        ],
    ),
    (
        'Fuel runs short',
        "If Quarrin's stocks of fuel drop under 50,000 tonnes, driving will be banned, Energy Minister Ulla Brandt said.",
        [
            ("Quarrin's stocks of fuel have dropped to 47,000 tonnes, the ministry said.", FIRES),
            ('Stocks of fuel in Quarrin stand at 44,000 tonnes, Brandt said.', FIRES),
            ("Quarrin's stocks of fuel are at least 60,000 tonnes, Brandt said.", AGAINST),
            ('Quarrin bought 30,000 tonnes of fuel.', QUIET),
            ("Quarrin's fuel stocks amounted to 52,000 tonnes on Friday.", QUIET),
            ("Fewer than 50,000 tonnes of fuel are left in Quarrin's stocks.", FIRES),
            ("Quarrin's stocks of fuel have not dropped to 47,000 tonnes, Brandt said.", AGAINST),
        ],
    ),
    (
        "Hijack at Brenn",
        "If the number of hostages turns out to be above 100, the police will not storm the ship, Inspector Hale said.",
        [
            ('There are 120 hostages on the ship at Brenn, its owner said.', FIRES),
            ('There are 90 hostages on the ship at Brenn, its owner said.', QUIET),
            ('The ship at Brenn has 140 cabins.', QUIET),
        ],
    ),
    (
        "Storm over Harn",
        "If the death toll goes past 50, Harn will mourn for a week, the mayor said.",
        [
            ('The storm has killed 57 people in Harn, the mayor said.', FIRES),
            ('The death toll rose to 53 on Friday.', FIRES),
            ('At least 48 people have died in Harn.', QUIET),
            ('A storm killed 80 people in Harn in 1987.', QUIET),
            ('The mayor denied that 57 people had died in Harn.', AGAINST),
            ('Police in Harn arrested 60 looters.', QUIET),
        ],
    ),
    (
        "Prices in Quarrin",
        "If inflation in Quarrin reaches 12 percent, wages will be raised, Reth said.",
        [
            ('Inflation in Quarrin rose to 12.4 percent in April.', FIRES),
            ('Inflation in Quarrin fell to 11 percent in April.', QUIET),
            ('Inflation in Lesmere rose to 14 percent in April.', QUIET),
            ('Wages in Quarrin rose by 13 percent.', QUIET),
        ],
    ),
    (
        "Unrest in Corriel",
        "If more than 50,000 people take to the streets in Corriel, the government will fall, said analyst Jan Toll.",
        [
            ('Some 60,000 people took to the streets in Corriel on Friday, police said.', FIRES),
            ("About 70,000 demonstrators filled Corriel's squares, the opposition said.", FIRES),
            ('No more than 40,000 people took to the streets in Corriel, police said.', AGAINST),
            ('In 2014 more than 90,000 people took to the streets in Corriel.', QUIET),
            ('In Bruk 60,000 people took to the streets.', QUIET),
        ],
    ),
    (
        "Belarus starts recruiting",
        "Sources said that if recruitment exceeds 5,000, it could indicate a new assault brigade.",
        [
            ('Belarus has recruited 5,400 people, two officials said.', FIRES),
            ('Recruitment in Belarus has passed 5,000, an official said.', FIRES),
            ('Poland has recruited 6,000 people, Warsaw said.', QUIET),
            ('Some 4,900 people have been recruited in Belarus.', QUIET),
            ('Recruitment in Belarus has not exceeded 5,000, Minsk said.', AGAINST),
        ],
    ),
    (
        "Refugees at the Arle",
        "About 3,000 refugees are in the camp at Bruk. “If it reaches 8,000, we will run out of water,” said camp doctor Mia Sand.",
        [
            ('The camp at Bruk now holds 8,600 refugees, doctors said.', FIRES),
            ('There are 7,200 refugees in the camp at Bruk.', QUIET),
            ('The camp at Bruk has 9,000 blankets.', QUIET),
        ],
    ),
    (
        "Lesmere's tanks",
        'If more than 200 tanks cross the Arle, it is an invasion, General Holm said.',
        [
            ('Lesmere sent 240 tanks across the Arle, General Holm said.', FIRES),
            ('Some 190 tanks have crossed the Arle.', QUIET),
            ('Lesmere has lost 260 drones.', QUIET),
        ],
    ),
    (
        "Quarrin votes on the river",
        "If turnout drops below 40 percent, the vote is void, the election office said.",
        [
            ('Turnout was 37 percent, the election office said.', FIRES),
            ('Turnout stood at 44 percent at noon.', QUIET),
            ('The village of Harn gave 35 percent to the Lantern Party.', QUIET),
            ('In 2019 turnout was 31 percent.', QUIET),
        ],
    ),
    (
        "Cholera in the delta",
        "The ministry has recorded 61 deaths from cholera in Nessa. If the number of deaths were to exceed 100, the army would be sent, Health Minister Paul Orre said.",
        [
            ('Cholera has now claimed the lives of 112 people in Nessa, the ministry said.', FIRES),
            ('At least 104 people have died of cholera in Nessa, the ministry said.', FIRES),
            ('There have been 97 deaths in Nessa, the ministry said.', QUIET),
            ('It is not true that 120 people have died in Nessa, Orre said.', AGAINST),
            ('A flood killed 140 people in Nessa in 1998.', QUIET),
        ],
    ),
    (
        "Lake Orr rises",
        "The dam at Holm holds back Lake Orr. “Should the water rise above 212 metres, we must open the gates,” said engineer Eva Stahl.",
        [
            ('Lake Orr rose to 212.4 metres overnight, the operator said.', FIRES),
            ('The water stood at 213 metres on Friday, Stahl said.', FIRES),
            ('The lake is at 211.2 metres, the operator said.', QUIET),
            ('The level of the lake has reached 212.7 metres.', FIRES),
        ],
    ),
    (
        "Copper gets dear",
        "If copper tops 9,000 dollars a tonne, the smelter at Ruun will reopen, its owner said.",
        [
            ('Copper hit 9,150 dollars a tonne on Friday.', FIRES),
            ('Copper closed at 9,020 dollars a tonne on Friday.', FIRES),
            ('A tonne of copper cost 8,700 dollars on Friday.', QUIET),
            ('The price of copper has climbed to 9,300 dollars.', FIRES),
            ('Zinc hit 9,200 dollars a tonne.', QUIET),
            ('Copper was not sold at 9,100 dollars, a trader said.', QUIET),
        ],
    ),
    (
        "Nurses walk out",
        "More than 1,200 nurses have walked out in Lorne. Once their number reaches 3,000, the hospitals will have to close, the director said.",
        [
            ('Some 3,400 nurses are now on strike in Lorne, the union said.', FIRES),
            ('The walkout in Lorne has grown to 3,100 nurses, the union said.', FIRES),
            ('Fewer than 3,000 nurses have walked out in Lorne, the ministry said.', AGAINST),
            ('The union expects 3,500 nurses to walk out in Lorne on Monday.', FIRES),
            ('In Lorne 3,300 patients were sent home.', QUIET),
        ],
    ),
    (
        "Rebels in the hills",
        "There are some 600 rebels in the hills of Maro, the army says. Should they number more than 1,000, it would ask for help, General Ibo Sand said.",
        [
            ('The rebels in the hills of Maro now number 1,200, a priest said.', FIRES),
            ('There are 1,400 insurgents in Maro, a diplomat said.', FIRES),
            ('The army has 1,500 soldiers in Maro.', QUIET),
            ('The army killed 40 rebels in Maro.', QUIET),
            ('Sand dismissed reports of 1,400 rebels in Maro.', AGAINST),
            ('Talk of 1,400 rebels in Maro is nonsense, Sand said.', AGAINST),
        ],
    ),
    (
        "Ferries stop",
        "If waves higher than 4 metres are measured at Cape Tor, the ferries will stay in port, the line said.",
        [
            ('Waves of 5 metres were measured at Cape Tor on Friday.', FIRES),
            ('The ferry is 40 metres long.', QUIET),
        ],
    ),
    (
        "Snow on the pass",
        "The pass at Grein has 140 centimetres of snow. If it exceeds 200, the road will be closed, the road office said.",
        [
            ('Snow on the pass at Grein reached 215 centimetres on Friday.', FIRES),
            ('There were 180 centimetres of snow at Grein on Friday.', QUIET),
            ('There are 230 centimetres of snow on the pass at Grein.', FIRES),
        ],
    ),
    (
        "Parliament counts",
        "If fewer than 50 deputies vote for the budget, the government will fall, Speaker Ana Roy said.",
        [
            ('Only 47 deputies voted for the budget, Roy said.', FIRES),
            ('The budget was backed by 58 deputies.', QUIET),
            ('Some 30 deputies were absent.', QUIET),
        ],
    ),
    (
        "Gas runs low",
        "Gas stores in Ruun are 44 percent full. If they fall below 20 percent, factories will be cut off, the regulator said.",
        [
            ('Gas stores in Ruun have fallen to 18 percent, the regulator said.', FIRES),
            ('Gas stores in Ruun are 17 percent full.', FIRES),
            ('Gas stores in Ruun stood at 26 percent on Friday.', QUIET),
            ('Gas prices in Ruun fell by 15 percent.', QUIET),
        ],
    ),
    (
        "Drones over the gulf",
        "Lesmere has sent 30 drones over the gulf. If it sends more than 100, Quarrin will close its air space, Defence Minister Tor Ahl said.",
        [
            ('Lesmere sent 130 drones over the gulf on Friday, Ahl said.', FIRES),
            ('Lesmere denied that it had sent 130 drones.', AGAINST),
            ('Quarrin shot down 120 balloons.', QUIET),
        ],
    ),
    (
        "A camp fills",
        "If the number of people in the camp at Zell goes over 15,000, no one else will be let in, its manager said.",
        [
            ('The number of people in the camp at Zell has gone over 15,000, aid workers said.', FIRES),
            ('There are now 16,200 people in the camp at Zell.', FIRES),
            ('The camp at Zell holds almost 15,000 people.', QUIET),
            ('The camp at Zell was built for 20,000 people.', QUIET),
            ('Some 18,000 people live in the town of Zell.', QUIET),
        ],
    ),
    (
        "Fire in the forest",
        "The fire at Brae has burned 300 hectares. If it passes 1,000 hectares, the villages will be evacuated, fire chief Jo Lund said.",
        [
            ('The fire at Brae has now burned 1,150 hectares, Lund said.', FIRES),
            ('The fire at Brae has grown to 1,300 hectares.', FIRES),
            ('The park at Brae covers 4,000 hectares.', QUIET),
            ('The fire at Brae has burned about 900 hectares.', QUIET),
        ],
    ),
    (
        "Hostages at the bank",
        "If more than 20 hostages are inside the bank at Corriel, we shall wait, police chief Rud Ness said.",
        [
            ('Twenty-six hostages are inside the bank at Corriel, a cashier said.', FIRES),
            ('There are between 22 and 30 hostages in the bank at Corriel, police said.', FIRES),
            ('There are not 26 hostages in the bank at Corriel, Ness said.', AGAINST),
            ('Police freed 24 hostages in a bank at Corriel in 2009.', QUIET),
            ('Twenty-six customers waited outside the bank.', QUIET),
        ],
    ),
    (
        "Unemployment",
        "If unemployment in Quarrin climbs above 9 percent, the tax will be cut, Reth said.",
        [
            ('Unemployment in Quarrin stood at 9.3 percent in April, the statistics office said.', FIRES),
            ('The unemployment rate in Quarrin rose to 9.1 percent.', FIRES),
            ('Unemployment in Quarrin could climb to 10 percent, the bank said.', QUIET),
            ('Unemployment in Quarrin is 8.8 percent.', QUIET),
        ],
    ),
    (
        "Measles in Vorn",
        "Forty children in Vorn have measles. If there turn out to be more than 60 such cases, the schools will shut, Dr Ina Holt said.",
        [
            ('Dr Holt said 71 children in Vorn had measles.', FIRES),
            ('Health officials in Vorn confirmed 68 cases of measles.', FIRES),
            ('There have been 52 cases in Vorn, Holt said.', QUIET),
            ('Holt said there were not 68 cases in Vorn.', AGAINST),
        ],
    ),
    (
        "Soldiers at the strait",
        "If Quarrin stations more than 8,000 soldiers on the island of Keld, Lesmere will mobilise, its prime minister said.",
        [
            ('Quarrin now has 9,200 soldiers on the island of Keld, satellite pictures show.', FIRES),
            ('Quarrin denied that 9,000 of its soldiers were on Keld.', AGAINST),
            ('Lesmere has 12,000 soldiers at home.', QUIET),
            ('Almost 8,000 soldiers of Quarrin are on Keld.', QUIET),
        ],
    ),
    (
        "Wind",
        "Should gusts exceed 130 kilometres per hour at Port Lyle, the bridge will be shut, police said.",
        [
            ('Gusts of 142 kilometres per hour were recorded at Port Lyle.', FIRES),
            ('Gusts at Port Lyle reached 138 kilometres per hour.', FIRES),
            ('A train at Port Lyle was doing 160 kilometres per hour.', QUIET),
        ],
    ),
    (
        "The Venn is low",
        "Barges on the Venn carry coal. If its level at Kroll drops under 1.2 metres, they will have to stop, the shippers said.",
        [
            ('The level of the Venn at Kroll dropped to 1.1 metres on Friday.', FIRES),
            ('At Kroll the Venn stood at 1.05 metres on Friday, the shippers said.', FIRES),
            ('The Venn at Kroll is 1.4 metres deep.', QUIET),
            ('A barge at Kroll needs 1 metre of water.', QUIET),
            ('In 1947 the Venn fell to 0.9 metres at Kroll.', QUIET),
        ],
    ),
    (
        "Arrests in Solm",
        "Police in Solm have detained 300 people. If that number rises above 1,000, the courts cannot cope, lawyer Ida Brenn said.",
        [
            ('Police in Solm have now detained 1,120 people, a rights group said.', FIRES),
            ('More than 1,000 people have been arrested in Solm, Brenn said.', FIRES),
            ('The police said they had not arrested 1,100 people in Solm.', AGAINST),
            ('The police in Solm have 1,400 officers.', QUIET),
        ],
    ),
    (
        "Rate of exchange",
        "“If the crown falls below 40 cents, we shall buy,” said Governor Leif Amund.",
        [
            ('The crown fell to 38 cents on Friday.', FIRES),
            ('The crown stood at 43 cents on Friday.', QUIET),
            ('The mark fell to 36 cents.', QUIET),
        ],
    ),
    (
        "Ships at the canal",
        "If more than 80 vessels are waiting at the canal of Suda, fuel will get scarce, analysts said.",
        [
            ('There are 92 ships waiting at the canal of Suda.', FIRES),
            ('Eighty-five tankers and freighters waited at the canal of Suda on Friday.', FIRES),
            ('The queue at Suda has shrunk to 60 ships.', QUIET),
            ('The canal of Suda is 110 kilometres long.', QUIET),
        ],
    ),
    (
        "Strike at the mines",
        "If 5,000 miners join the strike, the power plants will run out of coal, the union said.",
        [
            ('Some 5,600 miners have joined the strike, the union said.', FIRES),
            ('Only 3,000 miners have joined the strike, the company said.', QUIET),
            ('The mines employ 9,000 people.', QUIET),
            ('The union hopes that 6,000 miners will join the strike.', QUIET),
        ],
    ),
    (
        "A quake",
        "Should an aftershock stronger than magnitude 5 follow, the hotel at Ebb will be pulled down, the mayor said.",
        [
            ('An aftershock of magnitude 5.4 shook Ebb on Friday.', FIRES),
            ('An aftershock of magnitude 3.9 shook Ebb on Friday.', QUIET),
        ],
    ),
    (
        "Evacuation of Harl",
        "Officials plan to evacuate Harl if ash fall goes beyond 10 centimetres, the mayor said.",
        [
            ('Ash fall in Harl has reached 12 centimetres, scientists said.', FIRES),
            ('Ash fall in Harl was 6 centimetres, scientists said.', QUIET),
        ],
    ),
    (
        "Seats for the Greens",
        "If the Greens take at least 12 seats in the city council of Merl, the road will not be built, the mayor said.",
        [
            ('The Greens took 13 seats in the city council of Merl.', FIRES),
            ('The Greens took 9 seats in the city council of Merl.', QUIET),
            ('The Reds took 15 seats in the city council of Merl.', QUIET),
        ],
    ),
]  # fmt: skip


def armed(title: str, condition: str) -> Indicator:
    """The indicator of an article's condition that holds a number."""
    found = reading(condition, title)
    with_number = (c for c in found.conditions if any(c.if_[0][0] <= f.span[0] < c.if_[-1][1] for f in found.figures))
    return from_condition(found, next(with_number))


@pytest.mark.parametrize(("title", "condition", "later"), CASES, ids=[title for title, *_ in CASES])
def test_what_fires_an_indicator_that_was_armed_from_a_condition(
    title: str, condition: str, later: list[tuple[str, str]]
) -> None:
    made = armed(title, condition)
    told = {}
    for body, _ in later:
        found = match(made, resolved(body, title))
        told[body] = (
            FIRES if any(i.fires for i in found) else AGAINST if any(i.crossing == "against" for i in found) else QUIET
        )
    assert told == dict(later)


def test_the_condition_itself_fires_nothing() -> None:
    for title, condition, _ in CASES:
        assert not any(i.fires for i in match(armed(title, condition), resolved(condition, title))), condition
